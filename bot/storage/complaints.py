"""What readers say against records: thumbs down and reports that the desk has not looked at yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.revision import RevisionRef
from bot.storage.feedback import Verdict
from bot.storage.tables import ratings, report_tells, reports, seen_feedback


@dataclass(frozen=True, slots=True)
class Rated:
    """How often a revision was rated since the desk last looked, and when last."""

    ref: RevisionRef
    up: int
    down: int
    newest: datetime


@dataclass(frozen=True, slots=True)
class Reported:
    """An error that a reader reports, with the revisions that they had been told."""

    id: int
    made: datetime
    text: str
    tells: tuple[RevisionRef, ...]


async def rated_down(connection: AsyncConnection) -> tuple[Rated, ...]:
    """Return the revisions that were rated down since the desk last looked at their record."""
    unseen = or_(seen_feedback.c.upto.is_(None), ratings.c.given > seen_feedback.c.upto)
    down = func.sum(case((ratings.c.verdict == Verdict.DOWN.value, 1), else_=0))
    up = func.sum(case((ratings.c.verdict == Verdict.UP.value, 1), else_=0))
    rows = await connection.execute(
        select(ratings.c.record, ratings.c.number, up.label("up"), down.label("down"), func.max(ratings.c.given))
        .join_from(ratings, seen_feedback, seen_feedback.c.record == ratings.c.record, isouter=True)
        .where(unseen)
        .group_by(ratings.c.record, ratings.c.number)
        .having(down > 0)
        .order_by(ratings.c.record, ratings.c.number)
    )
    return tuple(Rated(RevisionRef(record, number), up, down, newest) for record, number, up, down, newest in rows)


async def reported(connection: AsyncConnection) -> tuple[Reported, ...]:
    """Return every report that is kept, oldest first."""
    rows = await connection.execute(
        select(reports.c.id, reports.c.made, reports.c.text, report_tells.c.record, report_tells.c.number)
        .join_from(reports, report_tells, report_tells.c.report == reports.c.id)
        .order_by(reports.c.id, report_tells.c.record)
    )
    found: dict[int, Reported] = {}
    for row in rows:
        earlier = found.get(row.id)
        told = (*(earlier.tells if earlier else ()), RevisionRef(row.record, row.number))
        found[row.id] = Reported(row.id, row.made, row.text, told)
    return tuple(found.values())


async def looked_at(connection: AsyncConnection) -> dict[int, datetime]:
    """Return until when the desk has looked at what was said, by record."""
    return {row.record: row.upto for row in await connection.execute(select(seen_feedback))}


async def look_at(connection: AsyncConnection, record: int, upto: datetime) -> None:
    """Note that the desk has looked at what was said against the record until then. Does not commit."""
    await connection.execute(delete(seen_feedback).where(seen_feedback.c.record == record))
    await connection.execute(insert(seen_feedback).values(record=record, upto=upto))
