"""The measures of answer-finding, on cases small enough to count by hand."""

import pytest

from bot.services.quality import Asked, mcc_at, quality


def asked(likely: float, found: str, right: str = "") -> Asked:
    """Return a question that found these records and for which these are right, a letter each."""
    return Asked(tuple(found), likely, frozenset(right))


SET = [
    asked(0.9, "ab", "a"),
    asked(0.8, "bca", "a"),
    asked(0.7, "c", "c"),
    asked(0.2, "d", "d"),
    asked(0.6, "a"),
    asked(0.1, "b"),
]


def test_ranks_count_the_answerable_questions_only() -> None:
    """Three of four have the right record first, all four among three; one stands third."""
    measured = quality(SET)
    assert measured.first == 0.75
    assert measured.among_three == 1
    assert measured.reciprocal_rank == pytest.approx((1 + 1 / 3 + 1 + 1) / 4)


def test_scores_are_compared_between_what_has_an_answer_and_what_has_none() -> None:
    """Seven of eight pairs are the right way round; above the highest of the unanswerable two are answered right."""
    measured = quality(SET)
    assert measured.auroc == pytest.approx(7 / 8)
    assert measured.right_at_5 == measured.right_at_10 == 0.5


def test_the_correlation_counts_no_answer_as_a_class() -> None:
    """All right is 1; the best threshold is found; nothing to compare is no error."""
    clear = [asked(0.9, "a", "a"), asked(0.8, "b", "b"), asked(0.1, "a")]
    assert mcc_at(clear, 0.5) == 1
    assert quality(clear).mcc == 1
    assert 0.1 < quality(clear).mcc_at <= 0.8
    assert mcc_at(clear, 0.0) < 1
    only = quality([asked(0.5, "a", "a")])
    assert (only.auroc, only.right_at_5, only.mcc) == (None, None, 0.0)
