"""Feedback: a reader rates what they were told, or reports an error in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.revision import RevisionRef
from bot.services.pseudonym import Pseudonyms
from bot.storage import feedback
from bot.storage.database import Database
from bot.storage.feedback import Report, Verdict
from bot.storage.ledger import Told

REPORTS_A_DAY: Final = 20  # more from one reader is a flood, not a report
REPORT_LIMIT: Final = 1000  # characters


@dataclass(frozen=True, slots=True)
class Feedback:
    """Keeps ratings and reports under the reader's pseudonym."""

    database: Database
    pseudonyms: Pseudonyms

    async def rate(self, reader: int, ref: RevisionRef, verdict: Verdict, now: datetime) -> bool:
        """Keep the rating in place of an earlier one; returns False for a revision that does not exist. Commits."""
        async with self.database.write() as connection:
            return await feedback.rate(connection, self.pseudonyms.of(reader), ref, verdict, now)

    async def report(self, reader: int, text: str, told: Told, now: datetime) -> int | None:
        """Keep the report with what had been told; returns its number, None beyond the day's limit. Commits."""
        pseudonym = self.pseudonyms.of(reader)
        async with self.database.write() as connection:
            if await feedback.reports_since(connection, pseudonym, now - timedelta(days=1)) >= REPORTS_A_DAY:
                return None
            return await feedback.add_report(connection, Report(now, pseudonym, text, told.line, told.tells))
