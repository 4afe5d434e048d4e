"""The content that ships is found by the questions that its editors collected, by meaning and by words alone."""

import asyncio
from pathlib import Path
from typing import Final

import pytest

from bot.app import App
from bot.catalogue.findable import corpus
from bot.commands.finding import find
from bot.importing import Content, read_content
from bot.search.finding import Outcome
from bot.search.index import Index
from bot.search.weights import installed
from bot.services.probe import measured

FOLDER: Final = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def content() -> Content:
    """Return the content that ships; without it there is nothing to measure, and the tests say so."""
    if not any(FOLDER.glob("*/probes.yaml")):
        pytest.skip("no content with probes ships")
    return read_content(FOLDER)


async def test_nearly_all_probes_are_answered_and_hardly_any_that_nothing_answers(app: App) -> None:
    """With the model a change to search or content must not lose a question that was found, nor answer look-alikes.

    Asked of the house as readers ask it, all at once, with the embeddings that its database keeps.
    """
    if installed() is None:
        pytest.skip("the model's weights are not installed")
    probes, snapshot = read_content(FOLDER).probes, app.parts.catalogue.current
    assert snapshot.index.understands
    findings = await asyncio.gather(*(find(app.parts, snapshot, probe.ask, probe.process) for probe in probes))
    report = measured(probes, findings)
    assert [(missed.probe.ask, missed.mark.value, missed.finding.hits) for missed in report.new_misses] == []
    assert report.answered_right >= report.answerable * 0.95
    assert report.answered_right + report.suggested_right >= report.answerable * 0.98
    assert report.answered_unanswerable <= (report.asked - report.answerable) * 0.05


def test_without_the_model_most_are_still_answered_or_offered(content: Content) -> None:
    """By words alone it answers fewer, offers nearly all others, and is no less careful."""
    index = Index(corpus(content.records))
    assert not index.understands
    report = measured(content.probes, [index.find(probe.ask, probe.process) for probe in content.probes])
    assert report.answered_right >= report.answerable * 0.6
    assert report.answered_right + report.suggested_right >= report.answerable * 0.95
    assert report.answered_unanswerable <= (report.asked - report.answerable) * 0.08


@pytest.mark.parametrize("stranger", ["Xi", "Modi", "Netanyahu"])
async def test_a_question_about_a_stranger_is_not_answered_by_its_look_alike(app: App, stranger: str) -> None:
    """One word apart from what is answered: the closest is offered, not given as the answer."""
    snapshot = app.parts.catalogue.current
    known = await find(app.parts, snapshot, "what did Trump and Putin agree on the phone", None)
    assert known.outcome is Outcome.ANSWER
    for text in (f"what did Trump and {stranger} agree on the phone", f"what did trump and {stranger.lower()} agree"):
        assert (await find(app.parts, snapshot, text, None)).outcome is not Outcome.ANSWER
