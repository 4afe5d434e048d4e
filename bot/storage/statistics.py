"""Statistics: sums over what is stored anyway, by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.base import Kind
from bot.storage.counts import DayCount
from bot.storage.tables import broadcasts, ledger, ledger_tells, outbox, ratings, records, reports, subscriptions


@dataclass(frozen=True, slots=True)
class Told:
    """How many messages told a record on a day."""

    day: date
    record: int
    number: int


async def by_day(connection: AsyncConnection, since: datetime) -> tuple[DayCount, ...]:
    """Return what was rated, reported, followed, told and delivered, a number a day, from that instant on."""
    given, made, begun = func.date(ratings.c.given), func.date(reports.c.made), func.date(subscriptions.c.since)
    told, sent = func.date(ledger.c.told), func.date(broadcasts.c.made)
    delivered = (
        select(sent, outbox.c.state, func.count())
        .join_from(outbox, broadcasts, broadcasts.c.id == outbox.c.broadcast)
        .where(broadcasts.c.made >= since)
        .group_by(sent, outbox.c.state)
    )
    found = [
        *await _counted(
            connection,
            select(given, ratings.c.verdict, func.count())
            .where(ratings.c.given >= since)
            .group_by(given, ratings.c.verdict),
            "rated {}",
        ),
        *await _counted(
            connection, select(made, func.count()).where(reports.c.made >= since).group_by(made), "reported"
        ),
        *await _counted(
            connection,
            select(begun, func.count()).where(subscriptions.c.since >= since).group_by(begun),
            "began to follow",
        ),
        *await _counted(
            connection, select(told, func.count()).where(ledger.c.told >= since).group_by(told), "messages told"
        ),
        *await _counted(connection, delivered, "broadcast {}"),
    ]
    return tuple(sorted(found, key=lambda item: (item.day, item.what)))


async def questions_told(connection: AsyncConnection, since: datetime) -> tuple[Told, ...]:
    """Return how many messages told each question, by day, from that instant on."""
    day = func.date(ledger.c.told)
    rows = await connection.execute(
        select(day, ledger_tells.c.record, func.count())
        .join_from(ledger_tells, ledger, ledger.c.id == ledger_tells.c.ledger)
        .join(records, records.c.id == ledger_tells.c.record)
        .where(ledger.c.told >= since, ledger_tells.c.place == 0, records.c.kind == Kind.QUESTION.value)
        .group_by(day, ledger_tells.c.record)
        .order_by(day, ledger_tells.c.record)
    )
    return tuple(Told(_day(day), record, number) for day, record, number in rows)


async def followers(connection: AsyncConnection) -> int:
    """Return how many chats follow anything."""
    return await connection.scalar(select(func.count(func.distinct(subscriptions.c.chat)))) or 0


async def _counted(connection: AsyncConnection, query: Select[Any], what: str) -> Iterable[DayCount]:
    return [_count(row, what) for row in await connection.execute(query)]


def _count(row: Row[Any], what: str) -> DayCount:
    return DayCount(_day(row[0]), what.format(*row[1:-1]), row[-1])


def _day(value: str | date) -> date:
    """Return the day; SQLite has no type for one."""
    return date.fromisoformat(value) if isinstance(value, str) else value
