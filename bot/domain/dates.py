"""Dates as sources give them: a day, a month, a year, "by" a day, or unclear."""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Any, Self

from pydantic import model_serializer, model_validator
from pydantic_core import PydanticCustomError

from bot.domain.base import Model

_DAY = r"(\d{4})-(\d{2})-(\d{2})"


class Precision(StrEnum):
    """How exactly a source gives a date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    BY = "by"
    UNCLEAR = "unclear"


class When(Model):
    """A date with its precision.

    Written `2025-03-18`, `2025-03`, `2025`, `by 2025-03-18`, `between 2025-01-20 and 2025-03-18` or `unclear`.

    `first` and `last` are the earliest and the latest day it can mean; None where nothing bounds it. A `by` date is
    one that is not later than `last`; where a source also says after which day it was, `first` is that day.
    """

    precision: Precision
    first: date | None = None
    last: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        """Read the written form; a date or an int comes from files that name a bare day or year."""
        if isinstance(value, (str, int, date)):
            return _parse(str(value))
        return value

    @model_validator(mode="after")
    def _reads_back(self) -> Self:
        """Refuse bounds that the precision cannot mean: they would be stored, and could never be read again."""
        if {"first": None, "last": None} | _parse(str(self)) != dict(self):
            raise _no_date(str(self))
        return self

    @model_serializer
    def _as_text(self) -> str:
        return str(self)

    def __str__(self) -> str:
        """Return the written form, which reads back to the same date."""
        match self.precision:
            case Precision.UNCLEAR:
                return "unclear"
            case Precision.BY if self.first:
                return f"between {self.first} and {self.last}"
            case Precision.BY:
                return f"by {self.last}"
            case Precision.MONTH:
                return str(self.first)[:7]
            case Precision.YEAR:
                return str(self.first)[:4]
        return str(self.first)

    @classmethod
    def on(cls, day: date) -> Self:
        """Return the date that is exactly this day."""
        return cls(precision=Precision.DAY, first=day, last=day)

    def certainly_by(self, day: date) -> bool:
        """Return whether it was on or before `day` whichever day it means."""
        return self.last is not None and self.last <= day

    def certainly_after(self, day: date) -> bool:
        """Return whether it is later than `day` whichever day it means."""
        return self.first is not None and self.first > day

    def possibly_before(self, day: date) -> bool:
        """Return whether one of the days it can mean is before `day`; an unbounded date always may be."""
        return self.first is None or self.first < day

    @property
    def sort_key(self) -> tuple[date, date]:
        """Return what to order dates by: the latest possible day, then the earliest; unclear ones last."""
        return (self.last or date.max, self.first or date.min)


def _parse(text: str) -> dict[str, object]:
    text = " ".join(text.split()).lower()
    try:
        if text == "unclear":
            return {"precision": Precision.UNCLEAR}
        if found := re.fullmatch(_DAY, text):
            day = date(*map(int, found.groups()))
            return {"precision": Precision.DAY, "first": day, "last": day}
        if found := re.fullmatch(rf"by {_DAY}", text):
            return {"precision": Precision.BY, "last": date(*map(int, found.groups()))}
        if found := re.fullmatch(rf"between {_DAY} and {_DAY}", text):
            parts = [int(part) for part in found.groups()]
            return _between(date(*parts[:3]), date(*parts[3:]))
        if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
            year, month = map(int, found.groups())
            return {"precision": Precision.MONTH, "first": date(year, month, 1), "last": _month_end(year, month)}
        if re.fullmatch(r"\d{4}", text):
            return {"precision": Precision.YEAR, "first": date(int(text), 1, 1), "last": date(int(text), 12, 31)}
    except ValueError:
        pass  # an impossible day (30 February) is reported like any other unreadable date
    raise _no_date(text)


def _no_date(text: str) -> PydanticCustomError:
    return PydanticCustomError(
        "when",
        "'{text}' is no date: write 2025-03-18, 2025-03, 2025, 'by 2025-03-18', "
        "'between 2025-01-20 and 2025-03-18' or 'unclear'",
        {"text": text[:60]},
    )


def _between(first: date, last: date) -> dict[str, object]:
    if first > last:
        raise ValueError
    return {"precision": Precision.BY, "first": first, "last": last}


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
