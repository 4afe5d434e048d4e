"""Fitting finds the weights that questions were made with, and tells how reliable scores are."""

import json
from pathlib import Path

import numpy as np

from bench.fitting.learning import of_evidence, of_measures
from bench.fitting.reliability import reliability
from bench.fitting.seen import Likened, Weighed
from bench.fitting.sets import CONTENT, all_sets, parts
from bot.domain.base import Kind
from bot.importing import Probe
from bot.search.finding import Finding, Hit, Outcome
from bot.services.probe import ProbeReport, measured

CHANCE = np.random.default_rng(1)


def test_measures_that_tell_the_right_document_get_the_weight() -> None:
    """The first measure is higher for the right one of ten documents, the second is chance, the third misleads."""
    measures = CHANCE.random((300, 10, 3)).astype(np.float32)
    right = np.zeros((300, 10), np.float32)
    right[np.arange(300), CHANCE.integers(0, 10, 300)] = 1
    measures[..., 0] += 0.5 * right
    measures[..., 2] -= 0.5 * right
    first, second, third = of_measures([(Likened(measures, np.zeros((300, 10), np.float32), right), 1.0)])
    assert first > 5
    assert second < 2
    assert third == 0


def test_the_odds_are_those_that_questions_were_made_with() -> None:
    """Of three thousand questions with odds of 2 sum - 3 the sum's weight and the start are found again."""
    rows = np.zeros((3000, 10), np.float32)
    rows[:, 0], rows[:, 9] = CHANCE.random(3000) * 4, 1
    rows[:, 3] = CHANCE.random(3000) < 0.5
    # A doubt that goes with what is right would speak for it: it is taken out instead.
    odds = 2 * rows[:, 0] + 1 * rows[:, 3] - 4
    right = (CHANCE.random(3000) < 1 / (1 + np.exp(-odds))).astype(np.float32)
    answerable = (CHANCE.random(3000) < 0.5).astype(np.float32)
    found = of_evidence([(Weighed(rows, right, answerable), 1.0)])
    assert abs(found[0] - 2) < 0.3
    assert found[3] == 0
    assert found[4] == 0


def report(likely: float, right: int, asked: int) -> ProbeReport:
    """Return a report of so many questions that are all said to be answered so likely, of which so many are."""
    hit = Hit(Kind.QUESTION, "a", likely)
    finding = Finding(Outcome.ANSWER, (hit,), (hit,), likely)
    slugs = [("a",) if number < right else ("b",) for number in range(asked)]
    return measured([Probe("?", "p", slug, False, "", 0) for slug in slugs], [finding] * asked)


def test_scores_are_reliable_where_so_many_are_right() -> None:
    """Of answers said to be right seven times in ten seven in ten are; said nine times, the error is two tenths."""
    assert reliability([report(0.7, 70, 100)], half=False).error < 1e-6
    off = reliability([report(0.9, 70, 100)], half=False)
    assert abs(off.error - 0.2) < 1e-6
    assert abs(off.brier - (0.7 * 0.01 + 0.3 * 0.81)) < 1e-6


def test_sets_are_found_in_a_folder_with_those_of_their_family(tmp_path: Path) -> None:
    """A folder with a set, one in it made of all utterances, and the content; a fifth of its probes at a time."""
    inner = tmp_path / "shop" / "paper"
    inner.mkdir(parents=True)
    query = json.dumps({"id": "1", "text": "is it open", "relevant": ["hours"], "in_scope": True})
    for folder in (inner, inner.parent):
        (folder / "queries.jsonl").write_text(query)
    (inner.parent / "entries.jsonl").write_text(json.dumps({"id": "hours", "question": "when", "label": "hours"}))
    said = [{"intent": "hours", "text": "when"}, {"intent": "hours", "text": "what time"}]
    (inner / "train_all.jsonl").write_text("\n".join(map(json.dumps, said)))
    shop, utterances, content = all_sets(tmp_path)
    assert [one.family for one in (shop, utterances, content)] == ["shop", "shop", CONTENT]
    assert [one.searched.documents[0].asked for one in (shop, utterances)] == [("when", "hours"), ("when", "what time")]
    assert not shop.teaches_refusing
    assert content.teaches_refusing
    folds = parts(content, 5)
    assert sorted(probe.ask for _, rest in folds for probe in rest.probes) == sorted(p.ask for p in content.probes)
    assert all({*most.probes} & {*rest.probes} == set() for most, rest in folds)
