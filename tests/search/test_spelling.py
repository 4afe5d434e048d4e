"""Spelling: slips are forgiven, other words are left alone."""

import pytest

from bot.search.spelling import Spelling

SPELLING = Spelling(["harbour", "lighthouse", "black", "marenko", "iran", "truce"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbor", "harbour"),
        ("haruobr", "haruobr"),
        ("ligthouze", "lighthouse"),
        ("blck", "black"),
        ("marenka", "marenko"),
    ],
)
def test_a_slip_is_read_as_the_word_meant(typed: str, meant: str) -> None:
    """One slip is forgiven in a word of five letters and two in a longer one, no more."""
    assert SPELLING.mended(typed) == meant


@pytest.mark.parametrize("typed", ["iraq", "gaza", "trade", "2025", "x" * 4000, "", "停戦"])
def test_another_word_is_left_alone(typed: str) -> None:
    """Short words, numbers and words that are like none stay what they are."""
    assert SPELLING.mended(typed) == typed
