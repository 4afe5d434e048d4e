"""Dates as sources give them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.dates import Precision, When
from tests.strategies import written_dates

MARCH_18 = date(2025, 3, 18)


def read(text: object) -> When:
    """Return the date that `text` writes."""
    return When.model_validate(text)


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        ("2025-03-18", Precision.DAY, MARCH_18, MARCH_18),
        ("2025-02", Precision.MONTH, date(2025, 2, 1), date(2025, 2, 28)),
        ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", Precision.MONTH, date(2025, 12, 1), date(2025, 12, 31)),
        ("9999-12", Precision.MONTH, date(9999, 12, 1), date(9999, 12, 31)),
        ("2025", Precision.YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        ("0843", Precision.YEAR, date(843, 1, 1), date(843, 12, 31)),
        ("0843-08", Precision.MONTH, date(843, 8, 1), date(843, 8, 31)),
        ("by 2025-03-18", Precision.BY, None, MARCH_18),
        ("between 2025-01-20 and 2025-03-18", Precision.BY, date(2025, 1, 20), MARCH_18),
        ("between 2025-03-18 and 2025-03-18", Precision.BY, MARCH_18, MARCH_18),
        ("unclear", Precision.UNCLEAR, None, None),
    ],
)
def test_each_written_form_means_its_bounds_and_reads_back(
    written: str, precision: Precision, first: date | None, last: date | None
) -> None:
    """Each form has the precision and the bounds that it says, and is written again just as it was."""
    when = read(written)
    assert (when.precision, when.first, when.last) == (precision, first, last)
    assert str(when) == written
    assert when.model_dump_json() == f'"{written}"'


@settings(deadline=None)
@given(written_dates)
def test_any_date_reads_back_from_what_it_writes(written: str) -> None:
    """A date is the same after it has been written and read."""
    when = read(written)
    assert str(when) == written
    assert read(str(when)) == when == When.model_validate_json(when.model_dump_json())


@settings(deadline=None)
@given(st.dates())
def test_any_day_at_all_reads_back(day: date) -> None:
    """Every day, month and year from 1 to 9999 can be written and read."""
    for written in (f"{day}", f"{day}"[:7], f"{day}"[:4], f"by {day}"):
        assert str(read(written)) == written
    assert read(str(day)) == When.on(day)


@pytest.mark.parametrize("typed", [" 2025-03-18 ", "By   2025-03-18", "BETWEEN 2025-01-20\nAND 2025-03-18", "Unclear"])
def test_blanks_and_capitals_are_forgiven(typed: str) -> None:
    """How an editor spaces and capitalises a date does not matter."""
    assert str(read(typed)) == " ".join(typed.split()).lower()


@pytest.mark.parametrize(("given_value", "written"), [(MARCH_18, "2025-03-18"), (2025, "2025")])
def test_a_bare_day_or_year_from_a_file_is_read(given_value: object, written: str) -> None:
    """YAML turns a bare day into a date and a bare year into a number; both are read."""
    assert str(read(given_value)) == written


@pytest.mark.parametrize(
    "typed",
    [
        *("2025-02-30", "2025-13", "2025-00", "0000", "by 2025-02-29", "between 2025-02-30 and 2025-03-18"),
        *("between 2025-03-18 and 2025-01-20", "", "by", "by 2025", "18.3.2025", "2025-3-18", "soon", "None"),
        *("2025-03-18T00:00", "by none", "20250318", "between 2025-01-20 and", "-2025"),
    ],
)
def test_what_is_no_date_is_refused_with_the_forms_that_are(typed: str) -> None:
    """An impossible day, bounds the wrong way round or other words are refused, with what can be written instead."""
    with pytest.raises(ValidationError, match="is no date: write 2025-03-18, 2025-03, 2025, 'by 2025-03-18'"):
        read(typed)


@pytest.mark.parametrize(
    "body",
    [
        {"precision": "day"},
        {"precision": "month"},
        {"precision": "year"},
        {"precision": "by"},
        {"precision": "by", "first": "2025-03-18"},
        {"precision": "unclear", "last": "2025-03-18"},
        {"precision": "day", "first": "2025-03-18", "last": "2025-03-19"},
        {"precision": "month", "first": "2025-03-18", "last": "2025-03-31"},
        {"precision": "by", "first": "2025-03-19", "last": "2025-03-18"},
    ],
)
def test_bounds_that_the_precision_cannot_mean_are_refused(body: dict[str, str]) -> None:
    """A mapping whose bounds do not fit is refused: its written form could never be read again."""
    with pytest.raises(ValidationError, match="is no date"):
        read(body)


@settings(deadline=None)
@given(written_dates, st.dates(date(2024, 12, 1), date(2025, 6, 1)))
def test_what_is_certain_holds_for_every_day_it_can_mean(written: str, day: date) -> None:
    """Certainly by, certainly after and possibly before agree with every single day between the bounds."""
    when = read(written)
    if when.first is None or when.last is None:
        assert when.possibly_before(day)
        assert not when.certainly_after(day)
        assert when.certainly_by(day) == (when.last is not None and when.last <= day)
        return
    meant = [when.first + timedelta(days=n) for n in range((when.last - when.first).days + 1)]
    assert when.certainly_by(day) == all(one <= day for one in meant)
    assert when.certainly_after(day) == all(one > day for one in meant)
    assert when.possibly_before(day) == any(one < day for one in meant)


def test_dates_are_ordered_by_their_latest_day_and_unclear_ones_come_last() -> None:
    """In a list, what is surely over comes first and what nobody dates comes last."""
    written = ["2025-01", "by 2025-03-01", "2025-03-01", "between 2025-03-10 and 2025-03-18", "2025", "unclear"]
    assert sorted(map(read, reversed(written)), key=lambda when: when.sort_key) == list(map(read, written))
