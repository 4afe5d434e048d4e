"""Weighing: what speaks for a record makes it likelier, every doubt less likely."""

from dataclasses import fields, replace

import pytest

from bot.search.doubts import Doubts
from bot.search.weighing import BY_MEANING, BY_WORDS, Weighing, evidence, probability

BOTH = pytest.mark.parametrize("weighing", [BY_MEANING, BY_WORDS], ids=["by meaning", "by words"])


def likely(weighing: Weighing, best: float = 8, second: float = 6, doubts: Doubts | None = None) -> float:
    """Return how likely a record with these sums answers a question of five words."""
    return probability(evidence(best, second, 5, doubts or Doubts()), weighing)


@BOTH
def test_a_higher_sum_and_a_greater_lead_make_a_record_likelier(weighing: Weighing) -> None:
    """Up to a point, from which on a lead says no more."""
    assert 0 < likely(weighing, 7, 5) < likely(weighing, 8, 6) < likely(weighing, 8, 5) < 1
    assert likely(weighing, 8, 7) < likely(weighing, 8, 5)
    assert likely(weighing, 8, -2) == likely(weighing, 8, -4)


@BOTH
def test_no_doubt_makes_a_record_likelier(weighing: Weighing) -> None:
    """Whatever they are fitted on, doubts only ever speak against a record; most of them do."""
    doubted = [likely(weighing, doubts=replace(Doubts(), **{field.name: 1.0})) for field in fields(Doubts)]
    assert max(doubted) <= likely(weighing)
    assert sum(one < likely(weighing) for one in doubted) >= 4
