"""Broadcasts: what goes out to many, and to whom; owed messages are made of it a thousand at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.base import Kind
from bot.domain.revision import RevisionRef
from bot.storage.outbox import UNDER_WAY, Course, Rank
from bot.storage.tables import audiences, broadcasts, records


class BroadcastKind(StrEnum):
    """What a broadcast tells."""

    BULLETIN = "bulletin"  # the desk's own words
    UPDATE = "update"  # records that were published; the body names their revisions
    CORRECTION = "correction"  # records that were wrong; likewise
    REMINDER = "reminder"  # an agreement's declared end; the body names its revision, the stage and the day

    @property
    def rank(self) -> Rank:
        """Return how soon its messages go."""
        return Rank.CORRECTION if self is BroadcastKind.CORRECTION else Rank.NEWS


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message to many."""

    id: int
    kind: BroadcastKind
    made: datetime
    author: str
    process: str
    body: str
    publication: int | None
    course: Course
    filled: bool
    progress_chat: int | None = None  # where the desk sees how it gets on
    progress_message: int | None = None

    @property
    def refs(self) -> tuple[RevisionRef, ...]:
        """Return the revisions that the body names."""
        return tuple(ref for word in self.body.split() if (ref := RevisionRef.parse(word)))


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a broadcast reaches: the followers of a record, of everything (None), or whoever was told a revision."""

    record: int | None = None
    number: int | None = None


async def add(  # noqa: PLR0913 - all of it is the broadcast
    connection: AsyncConnection,
    kind: BroadcastKind,
    process: str,
    body: str,
    reached: Sequence[Audience],
    *,
    author: str,
    now: datetime,
    publication: int | None = None,
) -> int:
    """Write a broadcast to these, without repetitions; returns its number. Does not commit."""
    target = select(records.c.id).where(records.c.kind == Kind.PROCESS.value, records.c.slug == process)
    statement = insert(broadcasts).values(
        kind=kind.value,
        made=now,
        author=author,
        target=target.scalar_subquery(),
        body=body,
        publication=publication,
        course=Course.GOING.value,
        stage=0,
        filled=False,
    )
    number: int = (await connection.execute(statement.returning(broadcasts.c.id))).scalar_one()
    rows = [
        {"broadcast": number, "place": place, "record": item.record, "number": item.number}
        for place, item in enumerate(dict.fromkeys(reached))
    ]
    await connection.execute(insert(audiences), rows)
    return number


async def read(connection: AsyncConnection, number: int) -> Broadcast | None:
    """Return the broadcast of that number, None where there is none."""
    query = _broadcasts().where(broadcasts.c.id == number)
    row = (await connection.execute(query)).one_or_none()
    return _broadcast(row) if row else None


async def concerning(
    connection: AsyncConnection, after: int, upto: int, targets: Sequence[int], *, everything: bool
) -> tuple[Broadcast, ...]:
    """Return the broadcasts numbered above `after` and up to `upto` that a follower of these records hears of."""
    query = _broadcasts().where(broadcasts.c.id > after, broadcasts.c.id <= upto).order_by(broadcasts.c.id)
    if not everything:
        mine = select(audiences.c.broadcast).where(audiences.c.record.in_(targets), audiences.c.number.is_(None))
        query = query.where(broadcasts.c.id.in_(mine))
    return tuple(_broadcast(row) for row in await connection.execute(query))


async def followed(connection: AsyncConnection, number: int) -> frozenset[int | None]:
    """Return the records whose followers the broadcast reaches, None for whoever follows everything."""
    mine = select(audiences.c.record).where(audiences.c.broadcast == number, audiences.c.number.is_(None))
    return frozenset(await connection.scalars(mine))


async def newest_of(connection: AsyncConnection, kind: BroadcastKind, most: int, skip: int) -> tuple[Broadcast, ...]:
    """Return the newest broadcasts of a kind after the first `skip`, newest first."""
    query = _broadcasts().where(broadcasts.c.kind == kind.value).order_by(broadcasts.c.id.desc())
    return tuple(_broadcast(row) for row in await connection.execute(query.limit(most).offset(skip)))


async def count_of(connection: AsyncConnection, kind: BroadcastKind) -> int:
    """Return how many broadcasts of a kind there are."""
    counted = select(func.count()).select_from(broadcasts).where(broadcasts.c.kind == kind.value)
    return await connection.scalar(counted) or 0


async def under_way(connection: AsyncConnection) -> tuple[Broadcast, ...]:
    """Return the broadcasts that are going or paused, the oldest first."""
    query = _broadcasts().where(broadcasts.c.course.in_(UNDER_WAY)).order_by(broadcasts.c.id)
    return tuple(_broadcast(row) for row in await connection.execute(query))


async def watched(connection: AsyncConnection) -> tuple[Broadcast, ...]:
    """Return the broadcasts that are going or paused, and those that ended while the desk watched."""
    chosen = broadcasts.c.course.in_(UNDER_WAY) | broadcasts.c.progress_message.is_not(None)
    return tuple(_broadcast(row) for row in await connection.execute(_broadcasts().where(chosen)))


async def show_in(connection: AsyncConnection, number: int, chat: int | None, message: int | None) -> None:
    """Note in which message the desk sees how it gets on. Does not commit."""
    shown = {"progress_chat": chat, "progress_message": message}
    await connection.execute(update(broadcasts).where(broadcasts.c.id == number).values(shown))


async def of_publication(connection: AsyncConnection, publication: int) -> int | None:
    """Return the number of the broadcast that corrects what the publication put right, None where there is none."""
    mine = (broadcasts.c.publication == publication) & (broadcasts.c.kind == BroadcastKind.CORRECTION.value)
    return await connection.scalar(select(broadcasts.c.id).where(mine))


async def newest(connection: AsyncConnection) -> int:
    """Return the number of the newest broadcast, 0 before the first."""
    return await connection.scalar(select(func.coalesce(func.max(broadcasts.c.id), 0))) or 0


async def steer(connection: AsyncConnection, number: int, course: Course) -> bool:
    """Pause, stop or go on with a broadcast that is not done or stopped; returns whether it could. Does not commit."""
    values: dict[str, object] = {"course": course.value}
    if course is Course.STOPPED:
        values["filled"] = False  # until what is owed has been given up, a slice at a time
    under_way = broadcasts.c.course.in_(UNDER_WAY)
    changed = update(broadcasts).where(broadcasts.c.id == number, under_way).values(values)
    return (await connection.execute(changed)).rowcount > 0


def _broadcasts() -> Select[Any]:
    return select(broadcasts, records.c.slug).join_from(broadcasts, records, records.c.id == broadcasts.c.target)


def _broadcast(row: Row[Any]) -> Broadcast:
    return Broadcast(
        row.id,
        BroadcastKind(row.kind),
        row.made,
        row.author,
        row.slug,
        row.body,
        row.publication,
        Course(row.course),
        row.filled,
        row.progress_chat,
        row.progress_message,
    )
