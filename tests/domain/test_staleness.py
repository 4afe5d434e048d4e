"""When a record counts as stale."""

from datetime import date

import pytest
from pydantic import ValidationError

from bot.domain.staleness import Stale, staleness
from tests.domain.examples import process, question


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-03-18", None),
        ("2025-03-28", None),
        ("2025-03-29", Stale(date(2025, 3, 29), review_missed=False)),
        ("2026-03-29", Stale(date(2025, 3, 29), review_missed=False)),
    ],
)
def test_a_record_is_stale_once_it_is_older_than_its_process_allows(today: str, expected: Stale | None) -> None:
    """On the last day that the process allows it is fresh, from the next day on it has been stale since then."""
    assert staleness(question(), process(stale_after_days=10), date.fromisoformat(today)) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2025-03-20", None), ("2025-03-21", Stale(date(2025, 3, 21), review_missed=True))],
)
def test_a_record_is_stale_the_day_after_a_missed_review(today: str, expected: Stale | None) -> None:
    """A review can still be made on its own day; the day after, it was missed."""
    assert staleness(question(review_by="2025-03-20"), None, date.fromisoformat(today)) == expected


def test_what_was_found_still_true_counts_from_that_day() -> None:
    """Checked again, a record stays fresh for as long again; a check on the review day or later is the review."""
    allowing_ten = process(stale_after_days=10)
    checked = question(verified_at="2025-03-25", review_by="2025-03-25")
    assert staleness(checked, allowing_ten, date(2025, 4, 4)) is None
    assert staleness(checked, allowing_ten, date(2025, 4, 5)) == Stale(date(2025, 4, 5), review_missed=False)
    early = question(verified_at="2025-03-24", review_by="2025-03-25")
    assert staleness(early, None, date(2025, 3, 26)) == Stale(date(2025, 3, 26), review_missed=True)
    assert staleness(question(verified_at="2025-03-01"), allowing_ten, date(2025, 3, 29)) is not None


def test_the_earlier_of_both_limits_counts() -> None:
    """Past both limits, a record is stale since the first of them, and says which it was."""
    allowing_ten = process(stale_after_days=10)
    late, early = question(review_by="2025-04-30"), question(review_by="2025-03-20")
    assert staleness(late, allowing_ten, date(2025, 5, 5)) == Stale(date(2025, 3, 29), review_missed=False)
    assert staleness(early, allowing_ten, date(2025, 5, 5)) == Stale(date(2025, 3, 21), review_missed=True)


def test_without_a_limit_nothing_is_stale() -> None:
    """Where neither an editor nor the process sets a limit, a record stays fresh for ever."""
    assert staleness(question(), process(), date.max) is None
    assert staleness(question(), None, date.max) is None


def test_a_process_goes_stale_by_its_own_limit() -> None:
    """A process is measured by the limit that it sets itself."""
    record = process(stale_after_days=10)
    assert staleness(record, record, date(2025, 3, 29)) == Stale(date(2025, 3, 29), review_missed=False)


def test_a_limit_beyond_the_calendar_breaks_nothing() -> None:
    """A record of the calendar's last day does not go stale; a limit of more than a century is refused."""
    assert staleness(question(as_of=date.max), process(stale_after_days=36500), date(2025, 3, 20)) is None
    with pytest.raises(ValidationError):
        process(stale_after_days=10**10)
