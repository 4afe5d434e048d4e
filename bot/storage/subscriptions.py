"""Subscriptions: which chat wants to hear of which process; and which chats can no longer be reached."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.base import Kind
from bot.storage.tables import gone_chats, records, subscriptions


async def add(connection: AsyncConnection, chat: int, process: str, locale: str, now: datetime) -> bool:
    """Subscribe the chat; returns False where it was subscribed already. Does not commit."""
    target = await _process(connection, process)
    exists = select(subscriptions.c.chat).where(subscriptions.c.chat == chat, subscriptions.c.target == target)
    if await connection.scalar(exists) is not None:
        return False
    await connection.execute(insert(subscriptions).values(chat=chat, target=target, locale=locale, since=now))
    return True


async def remove(connection: AsyncConnection, chat: int, process: str) -> bool:
    """End the chat's subscription; returns False where it had none. Does not commit."""
    target = await _process(connection, process)
    gone = delete(subscriptions).where(subscriptions.c.chat == chat, subscriptions.c.target == target)
    return (await connection.execute(gone)).rowcount > 0


async def of_chat(connection: AsyncConnection, chat: int) -> tuple[str, ...]:
    """Return the slugs of the processes that the chat subscribes to, the oldest subscription first."""
    found = (
        select(records.c.slug)
        .join_from(subscriptions, records, records.c.id == subscriptions.c.target)
        .where(subscriptions.c.chat == chat)
        .order_by(subscriptions.c.since)
    )
    return tuple(await connection.scalars(found))


async def count(connection: AsyncConnection, process: str) -> int:
    """Return how many reachable chats subscribe to the process."""
    counted = (
        select(func.count())
        .select_from(subscriptions)
        .join(records, records.c.id == subscriptions.c.target)
        .where(records.c.kind == Kind.PROCESS.value, records.c.slug == process)
        .where(subscriptions.c.chat.not_in(select(gone_chats.c.chat)))
    )
    return await connection.scalar(counted) or 0


async def mark_gone(connection: AsyncConnection, chat: int, reason: str, now: datetime) -> None:
    """Note that the chat cannot be reached, so that nothing more is owed to it. Does not commit."""
    await connection.execute(delete(gone_chats).where(gone_chats.c.chat == chat))
    await connection.execute(insert(gone_chats).values(chat=chat, since=now, reason=reason[:200]))


async def mark_back(connection: AsyncConnection, chat: int) -> None:
    """Note that the chat can be reached again; its subscriptions hold as before. Does not commit."""
    await connection.execute(delete(gone_chats).where(gone_chats.c.chat == chat))


async def all_gone(connection: AsyncConnection) -> set[int]:
    """Return the chats that cannot be reached."""
    return set(await connection.scalars(select(gone_chats.c.chat)))


async def move(connection: AsyncConnection, old: int, new: int) -> None:
    """Give the chat's subscriptions to its new number. Does not commit."""
    held = select(subscriptions.c.target).where(subscriptions.c.chat == new)
    taken = tuple(await connection.scalars(held))
    await connection.execute(
        update(subscriptions).where(subscriptions.c.chat == old, subscriptions.c.target.not_in(taken)).values(chat=new)
    )
    await connection.execute(delete(subscriptions).where(subscriptions.c.chat == old))


async def _process(connection: AsyncConnection, slug: str) -> int:
    found = select(records.c.id).where(records.c.kind == Kind.PROCESS.value, records.c.slug == slug)
    identity: int = (await connection.execute(found)).scalar_one()
    return identity
