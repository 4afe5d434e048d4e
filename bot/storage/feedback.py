"""What readers say of what they were told: ratings of a revision, and reports of errors."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.revision import RevisionRef
from bot.storage.tables import ratings, report_tells, reports, revisions


class Verdict(StrEnum):
    """A reader's rating."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Report:
    """An error that a reader reports: their words, and what they had been told, by which command line."""

    made: datetime
    reader: str  # a keyed hash, never the id
    text: str
    line: str
    tells: tuple[RevisionRef, ...]


async def rate(connection: AsyncConnection, reader: str, ref: RevisionRef, verdict: Verdict, now: datetime) -> bool:
    """Keep the reader's rating, in place of an earlier one; returns False for a revision that does not exist.

    Does not commit.
    """
    exists = select(revisions.c.number).where(revisions.c.record == ref.record, revisions.c.number == ref.number)
    if await connection.scalar(exists) is None:
        return False
    earlier = (ratings.c.reader == reader) & (ratings.c.record == ref.record) & (ratings.c.number == ref.number)
    await connection.execute(delete(ratings).where(earlier))
    await connection.execute(
        insert(ratings).values(reader=reader, record=ref.record, number=ref.number, verdict=verdict.value, given=now)
    )
    return True


async def add_report(connection: AsyncConnection, report: Report) -> int:
    """Keep the report; returns its number. Does not commit."""
    statement = insert(reports).values(made=report.made, reader=report.reader, text=report.text, line=report.line)
    number: int = (await connection.execute(statement.returning(reports.c.id))).scalar_one()
    newest = {ref.record: ref.number for ref in report.tells}
    told = [{"report": number, "record": record, "number": revision} for record, revision in newest.items()]
    if told:
        await connection.execute(insert(report_tells), told)
    return number


async def reports_since(connection: AsyncConnection, reader: str, since: datetime) -> int:
    """Return how many reports the reader has made since that instant."""
    counted = select(func.count()).select_from(reports).where(reports.c.reader == reader, reports.c.made >= since)
    return await connection.scalar(counted) or 0


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Erase ratings and reports made before that instant; returns how many. Does not commit."""
    old_ratings = await connection.execute(delete(ratings).where(ratings.c.given < before))
    old_reports = await connection.execute(delete(reports).where(reports.c.made < before))
    return old_ratings.rowcount + old_reports.rowcount
