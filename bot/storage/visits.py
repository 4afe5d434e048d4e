"""Visits: up to which publication a chat has seen what changed."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import visits


async def seen(connection: AsyncConnection, chat: int) -> int | None:
    """Return the publication up to which the chat has seen what changed, None where it never asked."""
    return await connection.scalar(select(visits.c.seen).where(visits.c.chat == chat))


async def note(connection: AsyncConnection, chat: int, publication: int, now: datetime) -> None:
    """Note that the chat has seen what changed up to that publication. Does not commit."""
    await connection.execute(delete(visits).where(visits.c.chat == chat))
    await connection.execute(insert(visits).values(chat=chat, seen=publication, at=now))


async def move(connection: AsyncConnection, old: int, new: int) -> None:
    """Give the chat's visit to its new number, where that has none of its own. Does not commit."""
    if await seen(connection, new) is None:
        await connection.execute(update(visits).where(visits.c.chat == old).values(chat=new))
    else:
        await connection.execute(delete(visits).where(visits.c.chat == old))


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Erase visits before that instant; returns how many. Does not commit."""
    return (await connection.execute(delete(visits).where(visits.c.at < before))).rowcount
