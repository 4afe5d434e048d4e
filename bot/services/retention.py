"""Retention: what was kept of readers is erased when its time is up."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.services.reach import CORRECTION_AGE
from bot.storage import confirmations, feedback, ledger, outbox, proposals, queue, tokens, visits
from bot.storage.database import Connection, Database

_SLICE: Final = 1000  # rows
Purge = Callable[[Connection, datetime, int], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept, and how far back messages are corrected; /privacy tells the same numbers."""

    ledger: timedelta = timedelta(days=365)
    feedback: timedelta = timedelta(days=365)
    questions: timedelta = timedelta(days=90)
    corrections: timedelta = CORRECTION_AGE


async def erase_expired(database: Database, retention: Retention, now: datetime) -> int:
    """Erase what is past its time; returns how many rows. Commits, again and again where there are very many."""
    erased = await _erase_all(database, ledger.purge, now - retention.ledger)
    erased += await _erase_all(database, outbox.purge, now - retention.ledger)
    async with database.write() as connection:
        return (
            erased
            + await feedback.purge(connection, now - retention.feedback)
            + await queue.purge(connection, now - retention.questions)
            + await visits.purge(connection, now - retention.ledger)
            + await tokens.purge(connection, now)
            + await confirmations.purge(connection, now)
            + await proposals.purge(connection, now - retention.ledger)
        )


async def _erase_all(database: Database, purge: Purge, before: datetime) -> int:
    """Erase it a slice at a time: what went to a million a year ago must not hold up today's readers."""
    erased = 0
    while True:
        async with database.write() as connection:
            slice_ = await purge(connection, before, _SLICE)
        erased += slice_
        if slice_ < _SLICE:
            return erased
