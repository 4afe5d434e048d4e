"""The inbox: updates taken in and not yet handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import inbox

_AT_ONCE: Final = 500  # ids in one statement; SQLite takes no more than a few thousand variables


@dataclass(frozen=True, slots=True)
class Taken:
    """An update as it came: its number, and its body as JSON."""

    update_id: int
    body: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Updates that came together, and when."""

    updates: Sequence[Taken]
    received: datetime


async def add(connection: AsyncConnection, batches: Sequence[Batch]) -> Sequence[tuple[Taken, ...]]:
    """Keep those updates that are not known yet; returns those of each batch, in order. Does not commit."""
    known = await _known(connection, [item.update_id for batch in batches for item in batch.updates])
    new: list[tuple[Taken, ...]] = []
    rows: list[dict[str, object]] = []
    for batch in batches:
        # Keyed by number: the same update twice in one batch is one update.
        fresh = {item.update_id: item for item in batch.updates if item.update_id not in known}
        known |= fresh.keys()
        new.append(tuple(fresh.values()))
        rows += ({"update_id": it.update_id, "received": batch.received, "body": it.body} for it in fresh.values())
    if rows:
        await connection.execute(insert(inbox), rows)
    return new


async def waiting(connection: AsyncConnection) -> tuple[Taken, ...]:
    """Return the updates that are not handled yet, in the order of their numbers."""
    rows = await connection.execute(
        select(inbox.c.update_id, inbox.c.body).where(inbox.c.body.is_not(None)).order_by(inbox.c.update_id)
    )
    return tuple(Taken(row.update_id, row.body) for row in rows)


async def empty(connection: AsyncConnection, handled: Sequence[int]) -> Sequence[None]:
    """Erase the bodies of handled updates; their numbers stay. Does not commit."""
    for start in range(0, len(handled), _AT_ONCE):
        some = handled[start : start + _AT_ONCE]
        await connection.execute(update(inbox).where(inbox.c.update_id.in_(some)).values(body=None))
    return ()


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Forget the numbers of handled updates received before that instant; returns how many. Does not commit."""
    old = delete(inbox).where(inbox.c.received < before, inbox.c.body.is_(None))
    return (await connection.execute(old)).rowcount


async def _known(connection: AsyncConnection, ids: Sequence[int]) -> set[int]:
    known: set[int] = set()
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        known.update(await connection.scalars(select(inbox.c.update_id).where(inbox.c.update_id.in_(some))))
    return known
