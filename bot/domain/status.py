"""The status of an agreement on a date: a pure function of the record and the day.

The rule of the house: never "in effect" before the agreement certainly took effect, nor after the day it may have been
due to end, unless a source gives an extension. What a source only announced for a day after it was written is told as
due, not as done. Where the dates leave it open, the status is `unclear`, with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.agreement import Agreement, Turn
from bot.domain.dates import Precision, When


class Status(StrEnum):
    """What can be said of an agreement on a day."""

    PROPOSED = "proposed"
    TALKS_AGREED = "talks agreed"
    AGREED = "agreed, not yet in effect"
    IN_EFFECT = "in effect"
    DUE = "due to have ended"
    ENDED = "ended"
    COLLAPSED = "collapsed"
    REJECTED = "rejected"
    UNCLEAR = "unclear"


class Reason(StrEnum):
    """Why a status is unclear, or on what it rests."""

    PLAIN = "plain"
    COMPUTED = "computed"  # the end is the sum of a start and a duration, not declared as a day
    IF_BEGUN = "if begun"  # holds if it began on a day that sources leave open
    START_UNCLEAR = "start unclear"  # agreed; sources do not settle when it took effect
    START_NOT_RECORDED = "start not recorded"  # agreed; no source says whether it took effect
    START_NOT_CONFIRMED = "start not confirmed"  # announced for a day after our newest source
    END_UNCLEAR = "end unclear"  # it may or may not have ended by then
    NOT_IN_DATASET = "not in dataset"  # signed or declared; the dataset it is from does not say what became of it
    DATE_UNCLEAR = "date unclear"  # it may or may not have come about by then


@dataclass(frozen=True, slots=True)
class Standing:
    """A status with its reason; `due` is the end that it rests on, where it rests on one."""

    status: Status
    reason: Reason = Reason.PLAIN
    due: When | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When an agreement is to end, and whether that day is a sum of ours rather than a source's."""

    on: When
    computed: bool

    @property
    def reason(self) -> Reason:
        """Return what a status that rests on this end says of it."""
        return Reason.COMPUTED if self.computed else Reason.PLAIN


def status_on(agreement: Agreement, day: date) -> Standing | None:
    """Return where the agreement stood on `day` by what the record holds, None where all of it came later."""
    known = tuple(_all_dates(agreement))
    if known and all(when.certainly_after(day) for when in known):
        return None
    if agreement.dataset and _only_made(agreement):
        return Standing(Status.UNCLEAR, Reason.NOT_IN_DATASET)
    ended = agreement.dates.ended
    if ended and ended.on.certainly_by(day):
        return Standing(Status.ENDED)
    match _last_turn(agreement, day):
        case Turn.COLLAPSED:
            return Standing(Status.COLLAPSED)
        case Turn.REJECTED:
            return Standing(Status.REJECTED)
        case Turn.AGREED:
            return _agreed(agreement, day)
        case Turn.TALKS_AGREED:
            return Standing(Status.TALKS_AGREED)
        case Turn.PROPOSED:
            return Standing(Status.PROPOSED)
    return Standing(Status.UNCLEAR, Reason.DATE_UNCLEAR)


def _only_made(agreement: Agreement) -> bool:
    """Return whether nothing is recorded but that it was signed or declared."""
    dates = agreement.dates
    later = (dates.effective, dates.declared_end, dates.extended_to, dates.ended, agreement.duration)
    return not any(later) and not agreement.status_events


def due_end(agreement: Agreement) -> Due | None:
    """Return the end that counts: a sourced extension, else the declared end, else start plus duration."""
    dates, duration = agreement.dates, agreement.duration
    declared = dates.extended_to or dates.declared_end
    if declared:
        return Due(declared.on, computed=False)
    start = dates.effective.on if dates.effective else None
    if start and start.last and duration and duration.days:
        return _after(start, timedelta(days=duration.days))
    return None


def _after(start: When, length: timedelta) -> Due | None:
    """Return the end so long after the start, None beyond the calendar."""
    precision = Precision.DAY if start.first == start.last else Precision.BY
    try:
        first = start.first + length if start.first else None
        last = start.last + length if start.last else None
    except OverflowError:
        return None
    return Due(When(precision=precision, first=first, last=last), computed=True)


def _agreed(agreement: Agreement, day: date) -> Standing:
    effective, due = agreement.dates.effective, due_end(agreement)
    if due and due.on.last and due.on.last < day:
        return Standing(Status.DUE, due.reason, due.on)
    if effective is None:
        return Standing(Status.UNCLEAR, Reason.START_NOT_RECORDED)
    if effective.on.certainly_by(day):
        if not effective.on.certainly_by(agreement.as_of):
            return Standing(Status.UNCLEAR, Reason.START_NOT_CONFIRMED)
        if _may_be_over(agreement, due, day):
            return Standing(Status.UNCLEAR, Reason.END_UNCLEAR, due.on if due else None)
        return Standing(Status.IN_EFFECT, due.reason if due else Reason.PLAIN, due.on if due else None)
    if effective.on.certainly_after(day):
        return Standing(Status.AGREED)
    conditional = None if due or not agreement.conditional_end else When.on(agreement.conditional_end)
    if conditional and conditional.last and conditional.last < day:
        return Standing(Status.DUE, Reason.IF_BEGUN, conditional)
    return Standing(Status.UNCLEAR, Reason.START_UNCLEAR, conditional)


def _may_be_over(agreement: Agreement, due: Due | None, day: date) -> bool:
    ended = agreement.dates.ended
    if due and due.on.possibly_before(day):
        return True
    if ended and not ended.on.certainly_after(day):
        return True
    final = (event for event in agreement.status_events if event.status in {Turn.COLLAPSED, Turn.REJECTED})
    return any(not event.on.certainly_by(day) and not event.on.certainly_after(day) for event in final)


def _last_turn(agreement: Agreement, day: date) -> Turn | None:
    """Return the latest turn that has certainly come by `day`; on one day, the one that comes last in the record.

    A signature and a beginning effect are turns too: whoever signs has agreed, whatever was rejected before.
    """
    past = [(turn, when) for turn, when in _turns(agreement) if when.certainly_by(day)]
    return max(enumerate(past), key=lambda item: (item[1][1].sort_key, item[0]))[1][0] if past else None


def _turns(agreement: Agreement) -> Iterator[tuple[Turn, When]]:
    for key in (agreement.dates.signed, agreement.dates.effective):
        if key:
            yield Turn.AGREED, key.on
    for event in agreement.status_events:
        yield event.status, event.on


def _all_dates(agreement: Agreement) -> Iterator[When]:
    dates = agreement.dates
    for key in (dates.announced, dates.signed, dates.effective, dates.declared_end, dates.extended_to, dates.ended):
        if key:
            yield key.on
    for event in agreement.status_events:
        yield event.on
