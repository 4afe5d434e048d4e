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


async def add(connection: AsyncConnection, updates: Sequence[Taken], now: datetime) -> tuple[Taken, ...]:
    """Keep those updates that are not known yet; returns them, in order. Does not commit."""
    known = set(await connection.scalars(select(inbox.c.update_id).where(inbox.c.update_id.in_(_ids(updates)))))
    new = {item.update_id: item for item in updates if item.update_id not in known}
    if new:
        await connection.execute(
            insert(inbox),
            [{"update_id": item.update_id, "received": now, "body": item.body} for item in new.values()],
        )
    return tuple(new.values())


async def waiting(connection: AsyncConnection) -> tuple[Taken, ...]:
    """Return the updates that are not handled yet, in the order of their numbers."""
    rows = await connection.execute(
        select(inbox.c.update_id, inbox.c.body).where(inbox.c.body.is_not(None)).order_by(inbox.c.update_id)
    )
    return tuple(Taken(row.update_id, row.body) for row in rows)


async def empty(connection: AsyncConnection, handled: Sequence[int]) -> None:
    """Erase the bodies of handled updates; their numbers stay. Does not commit."""
    for start in range(0, len(handled), _AT_ONCE):
        some = handled[start : start + _AT_ONCE]
        await connection.execute(update(inbox).where(inbox.c.update_id.in_(some)).values(body=None))


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Forget the numbers of handled updates received before that instant; returns how many. Does not commit."""
    old = delete(inbox).where(inbox.c.received < before, inbox.c.body.is_(None))
    return (await connection.execute(old)).rowcount


def _ids(updates: Sequence[Taken]) -> list[int]:
    return [item.update_id for item in updates]
