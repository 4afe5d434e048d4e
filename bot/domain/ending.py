"""Endings: on which days an agreement's declared end calls for a reminder."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.agreement import Agreement
from bot.domain.dates import Precision
from bot.domain.status import Status, due_end, status_on

# So long after the end it is still said that it has passed: where nobody could say it on the day, and no longer.
_STILL: Final = timedelta(days=7)
# Where a source has told what became of it, a declared end is no news.
_OVER: Final = (Status.ENDED, Status.COLLAPSED, Status.REJECTED)


class Stage(StrEnum):
    """How near the end is."""

    TOMORROW = "tomorrow"
    TODAY = "today"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Ending:
    """A declared end that is near or has passed without an extension that a source gives."""

    ends: date
    stage: Stage


def ending(agreement: Agreement, today: date) -> Ending | None:
    """Return what there is to remind of today, None where there is nothing.

    Only a day that a source declares counts: not one that is the sum of a start and a duration.
    """
    due = due_end(agreement)
    if due is None or due.computed or due.on.precision is not Precision.DAY or due.on.first is None:
        return None
    standing = status_on(agreement, today)
    if standing is None or standing.status in _OVER:
        return None
    ends = due.on.first
    if ends == today + timedelta(days=1):
        return Ending(ends, Stage.TOMORROW)
    if ends == today:
        return Ending(ends, Stage.TODAY)
    if ends < today <= ends + _STILL:
        return Ending(ends, Stage.PASSED)
    return None
