"""When a record counts as stale: past its review day, or older than its process allows."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.process import Process
from bot.domain.record import Dated


@dataclass(frozen=True, slots=True)
class Stale:
    """Since when a record is stale, and whether it missed a review day that an editor set."""

    since: date
    review_missed: bool


def staleness(record: Dated | Process, process: Process | None, today: date) -> Stale | None:
    """Return since when the record is stale on `today`, None while it is fresh; the earlier of both limits counts.

    Whatever the desk has found still true counts from that day: on its review day or later, the review is done.
    """
    limits: list[Stale] = []
    known = max(record.as_of, record.verified_at or record.as_of)
    if record.review_by and record.review_by < today and (record.verified_at or date.min) < record.review_by:
        limits.append(Stale(record.review_by + timedelta(days=1), review_missed=True))
    if process and process.stale_after_days:
        allowed = timedelta(days=process.stale_after_days)
        if today - known > allowed:
            limits.append(Stale(known + allowed + timedelta(days=1), review_missed=False))
    return min(limits, key=lambda stale: stale.since, default=None)
