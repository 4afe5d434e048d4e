"""Counts: a number a day for each thing that is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import counts


@dataclass(frozen=True, slots=True)
class DayCount:
    """How often something was counted on a day."""

    day: date
    what: str
    number: int


async def add(connection: AsyncConnection, sums: Mapping[tuple[date, str], int]) -> None:
    """Add to the numbers of each day. Does not commit."""
    for (day, what), number in sums.items():
        known = (counts.c.day == day) & (counts.c.what == what)
        raised = update(counts).where(known).values(number=counts.c.number + number)
        if not (await connection.execute(raised)).rowcount:
            await connection.execute(insert(counts).values(day=day, what=what, number=number))


async def between(connection: AsyncConnection, first: date, last: date) -> tuple[DayCount, ...]:
    """Return the numbers of the days from `first` to `last`, both included."""
    within = (counts.c.day >= first) & (counts.c.day <= last)
    rows = await connection.execute(select(counts).where(within).order_by(counts.c.day, counts.c.what))
    return tuple(DayCount(row.day, row.what, row.number) for row in rows)
