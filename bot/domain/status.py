"""The status of an agreement on a date: a pure function of the record and the day.

The rule of the house: never "in effect" before the agreement certainly took effect, nor after the day it may have been
due to end, unless a source gives an extension. Where the dates leave it open, the status is `unclear`, with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.agreement import Agreement, KeyDate, Turn
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
    """Why a status is unclear, or on what condition it holds."""

    PLAIN = "plain"
    START_UNCLEAR = "start unclear"  # agreed; sources do not settle when it took effect
    START_NOT_RECORDED = "start not recorded"  # agreed; no source says whether it took effect
    END_UNCLEAR = "end unclear"  # it may or may not have ended by then
    IF_BEGUN = "if begun"  # holds if it began on the day that a source names without certainty
    DATE_UNCLEAR = "date unclear"  # it may or may not have come about by then


@dataclass(frozen=True, slots=True)
class Standing:
    """A status with its reason; `due` is the declared or conditional end that it rests on, where it rests on one."""

    status: Status
    reason: Reason = Reason.PLAIN
    due: date | None = None


def status_on(agreement: Agreement, day: date) -> Standing | None:
    """Return where the agreement stood on `day` by what the record holds, None where all of it came later."""
    known = tuple(_all_dates(agreement))
    if known and all(when.certainly_after(day) for when in known):
        return None
    turn = _last_turn(agreement, day)
    if _certain(agreement.dates.ended, day):
        return Standing(Status.ENDED)
    if turn is Turn.COLLAPSED:
        return Standing(Status.COLLAPSED)
    if turn is Turn.REJECTED:
        return Standing(Status.REJECTED)
    if turn is Turn.AGREED or _certain(agreement.dates.signed, day) or _certain(agreement.dates.effective, day):
        return _agreed(agreement, day)
    if turn is Turn.TALKS_AGREED:
        return Standing(Status.TALKS_AGREED)
    if turn is Turn.PROPOSED:
        return Standing(Status.PROPOSED)
    return Standing(Status.UNCLEAR, Reason.DATE_UNCLEAR)


def due_end(agreement: Agreement) -> KeyDate | None:
    """Return the end that counts: the extension where a source gives one, else the declared end."""
    return agreement.dates.extended_to or agreement.dates.declared_end


def _due(agreement: Agreement) -> When | None:
    """Return the end that counts; where no source names one, the sum of the recorded start and the duration."""
    named, start, duration = due_end(agreement), agreement.dates.effective, agreement.duration
    if named:
        return named.on
    if not (start and start.on.last and duration and duration.days):
        return None
    lasting = timedelta(days=duration.days)
    try:
        first = start.on.first and start.on.first + lasting
        return When(precision=Precision.BY, first=first, last=start.on.last + lasting)
    except OverflowError:  # beyond the last day that a date can name
        return None


def _agreed(agreement: Agreement, day: date) -> Standing:
    effective, due = agreement.dates.effective, _due(agreement)
    if due and due.last and due.last < day:
        return Standing(Status.DUE, due=due.last)
    if effective is None:
        return Standing(Status.UNCLEAR, Reason.START_NOT_RECORDED)
    if effective.on.certainly_by(day):
        if _may_be_over(agreement, day):
            return Standing(Status.UNCLEAR, Reason.END_UNCLEAR, due.last if due else None)
        return Standing(Status.IN_EFFECT, due=due.last if due else None)
    if effective.on.certainly_after(day):
        return Standing(Status.AGREED)
    conditional = None if due_end(agreement) else agreement.conditional_end
    if conditional and conditional < day:
        return Standing(Status.DUE, Reason.IF_BEGUN, conditional)
    return Standing(Status.UNCLEAR, Reason.START_UNCLEAR, conditional)


def _may_be_over(agreement: Agreement, day: date) -> bool:
    due, ended = _due(agreement), agreement.dates.ended
    if due and due.possibly_before(day):
        return True
    if ended and not ended.on.certainly_after(day):
        return True
    final = (event for event in agreement.status_events if event.status in {Turn.COLLAPSED, Turn.REJECTED})
    return any(not event.on.certainly_by(day) and not event.on.certainly_after(day) for event in final)


def _last_turn(agreement: Agreement, day: date) -> Turn | None:
    """Return the latest turn that has certainly come by `day`; on one day, the one that the record names last."""
    past = [event for event in agreement.status_events if event.on.certainly_by(day)]
    return max(enumerate(past), key=lambda item: (item[1].on.sort_key, item[0]))[1].status if past else None


def _certain(key: KeyDate | None, day: date) -> bool:
    return key is not None and key.on.certainly_by(day)


def _all_dates(agreement: Agreement) -> Iterator[When]:
    dates = agreement.dates
    for key in (dates.announced, dates.signed, dates.effective, dates.declared_end, dates.extended_to, dates.ended):
        if key:
            yield key.on
    for event in agreement.status_events:
        yield event.on
