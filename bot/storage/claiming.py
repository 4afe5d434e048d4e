"""Claiming: which of the messages owed a worker takes next, and whether any wait."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, literal, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.outbox import MOVING, UNSENT, Course, Owed, Rank, State
from bot.storage.tables import broadcasts, outbox


async def claim(connection: AsyncConnection, most: int, now: datetime, lease_until: datetime) -> tuple[Owed, ...]:
    """Take up to `most` messages to send whose time has come, by rank, and those whose lease has run out.

    Broadcasts of one rank share what there is room for, so that a small one need not wait for a large one's end.
    Nobody else gets the messages before `lease_until`. Does not commit.
    """
    going = await _going(connection)
    lapsed = and_(outbox.c.state == State.SENDING.value, _due(now, lease_until - now), _runs(going))
    found = list((await connection.execute(select(outbox).where(lapsed).limit(most))).all())
    lanes = await _lanes(connection, going, now)
    for place, (rank, lane) in enumerate(lanes):
        alike = sum(other == rank for other, _ in lanes[place:])
        room = -(-(most - len(found)) // alike)
        if room <= 0:
            break
        query = select(outbox).where(_waits(rank, lane, now)).order_by(outbox.c.due, outbox.c.id).limit(room)
        found += (await connection.execute(query)).all()
    if found:
        await connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in found]))
            .values(state=State.SENDING.value, due=lease_until)
        )
    return tuple(
        Owed(row.id, row.chat, row.locale, row.line, row.tries, row.broadcast, row.entry, Rank(row.rank))
        for row in found
    )


async def waiting(connection: AsyncConnection, now: datetime) -> bool:
    """Return whether there is anything to fill or to claim."""
    unfilled = select(broadcasts.c.id).where(broadcasts.c.course.in_(MOVING), broadcasts.c.filled.is_(False))
    if await connection.scalar(unfilled.limit(1)) is not None:
        return True
    going = await _going(connection)
    if await _lanes(connection, going, now):
        return True
    lapsed = and_(outbox.c.state == State.SENDING.value, outbox.c.due <= now, _runs(going))
    return await connection.scalar(select(outbox.c.id).where(lapsed).limit(1)) is not None


async def finish(connection: AsyncConnection) -> int:
    """Call done every broadcast of which nothing is owed any more; returns how many. Does not commit."""
    left = select(outbox.c.id).where(outbox.c.state.in_(UNSENT), outbox.c.broadcast == broadcasts.c.id)
    going = and_(broadcasts.c.course == Course.GOING.value, broadcasts.c.filled)
    done = update(broadcasts).where(going, ~left.exists()).values(course=Course.DONE.value)
    return (await connection.execute(done)).rowcount


async def _going(connection: AsyncConnection) -> tuple[int, ...]:
    query = select(broadcasts.c.id).where(broadcasts.c.course == Course.GOING.value).order_by(broadcasts.c.id)
    return tuple(await connection.scalars(query))


async def _lanes(connection: AsyncConnection, going: Iterable[int], now: datetime) -> list[tuple[Rank, int | None]]:
    """Return of which broadcasts, or of none, messages of which rank wait whose time has come; by rank.

    Asked for all at once: each question of its own would cost a claim a millisecond or two.
    """
    asked = [(rank, lane) for rank in Rank for lane in (None, *going)]
    answers = [
        select(literal(place).label("place")).where(select(outbox.c.id).where(_waits(rank, lane, now)).exists())
        for place, (rank, lane) in enumerate(asked)
    ]
    return [asked[place] for place in sorted(await connection.scalars(union_all(*answers)))]


def _waits(rank: Rank, lane: int | None, now: datetime) -> ColumnElement[bool]:
    return and_(
        outbox.c.state == State.OWED.value,
        outbox.c.broadcast == lane if lane else outbox.c.broadcast.is_(None),
        outbox.c.rank == rank.value,
        outbox.c.due <= now,
    )


def _runs(going: Iterable[int]) -> ColumnElement[bool]:
    return or_(outbox.c.broadcast.is_(None), outbox.c.broadcast.in_(tuple(going)))


def _due(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """Return whether a lease has run out, also where it was given by a clock that was ahead of today's."""
    return or_(outbox.c.due <= now, outbox.c.due > now + 2 * lease)
