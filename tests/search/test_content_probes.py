"""The content that ships is found by the questions that its editors collected, and fast."""

from pathlib import Path
from time import perf_counter
from typing import Final

import pytest

from bot.catalogue.findable import corpus
from bot.importing import Content, read_content
from bot.search.index import Index
from bot.services.probe import ProbeReport, measure

FOLDER: Final = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def content() -> Content:
    """Return the content that ships; without it there is nothing to measure, and the tests say so."""
    if not any(FOLDER.glob("*/probes.yaml")):
        pytest.skip("no content with probes ships")
    return read_content(FOLDER)


@pytest.fixture(scope="module")
def index(content: Content) -> Index:
    """Return the index over it."""
    return Index(corpus(content.records))


@pytest.fixture(scope="module")
def report(content: Content, index: Index) -> ProbeReport:
    """Return how its probes go."""
    return measure(index.find, content.probes)


def test_no_probe_misses_that_is_not_known_to(report: ProbeReport) -> None:
    """A change to the search or to the content must not lose a question that was found."""
    assert [(missed.probe.ask, missed.mark.value, missed.hits) for missed in report.new_misses] == []


def test_most_probes_are_answered_and_hardly_any_that_nothing_answers(report: ProbeReport) -> None:
    """Two in three are answered and nearly all others offered; at most one in fifty is answered that should not be."""
    assert report.answered_right >= report.answerable * 0.67
    assert report.answered_right + report.suggested_right >= report.answerable * 0.95
    assert report.answered_unanswerable <= (report.asked - report.answerable) * 0.02


def test_a_question_takes_no_time_worth_noticing(content: Content, index: Index) -> None:
    """Search runs on the event loop: two milliseconds a question on average leave room for slow machines."""
    start = perf_counter()
    for probe in content.probes:
        index.find(probe.ask, probe.process)
    assert (perf_counter() - start) / len(content.probes) < 0.002
