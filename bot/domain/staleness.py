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
    """Return since when the record is stale on `today`, None while it is fresh; the earlier of both limits counts."""
    limits: list[Stale] = []
    if record.review_by and record.review_by < today:
        limits.append(Stale(record.review_by + timedelta(days=1), review_missed=True))
    if process and process.stale_after_days:
        allowed = timedelta(days=process.stale_after_days)
        if today - record.as_of > allowed:
            limits.append(Stale(record.as_of + allowed + timedelta(days=1), review_missed=False))
    return min(limits, key=lambda stale: stale.since, default=None)
