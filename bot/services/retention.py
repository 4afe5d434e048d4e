"""Retention: what was kept of readers is erased when its time is up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.reach import CORRECTION_AGE
from bot.storage import confirmations, feedback, ledger, outbox, proposals, tokens, visits
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept, and how far back messages are corrected; /privacy tells the same numbers."""

    ledger: timedelta = timedelta(days=365)
    feedback: timedelta = timedelta(days=365)
    corrections: timedelta = CORRECTION_AGE


async def erase_expired(database: Database, retention: Retention, now: datetime) -> int:
    """Erase what is past its time; returns how many rows. Commits."""
    async with database.write() as connection:
        return (
            await ledger.purge(connection, now - retention.ledger)
            + await feedback.purge(connection, now - retention.feedback)
            + await outbox.purge(connection, now - retention.ledger)
            + await visits.purge(connection, now - retention.ledger)
            + await tokens.purge(connection, now)
            + await confirmations.purge(connection, now)
            + await proposals.purge(connection, now - retention.ledger)
        )
