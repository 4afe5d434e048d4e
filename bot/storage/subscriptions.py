"""Subscriptions: which chat wants to hear of what, and how; and which chats can no longer be reached."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.base import Kind
from bot.domain.following import Mode
from bot.storage.tables import gone_chats, records, subscriptions


@dataclass(frozen=True, slots=True)
class Target:
    """What is followed: a process, an agreement or a party, by its record's number."""

    record: int
    kind: Kind
    slug: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """That a chat follows something, and how; without a target it follows everything."""

    target: Target | None
    mode: Mode


async def target_named(connection: AsyncConnection, kind: Kind, slug: str) -> Target | None:
    """Return what is followed by that name, None where there is no such record."""
    found = await connection.scalar(select(records.c.id).where(records.c.kind == kind.value, records.c.slug == slug))
    return None if found is None else Target(found, kind, slug)


async def add(
    connection: AsyncConnection, chat: int, target: Target | None, mode: Mode, *, after: int, now: datetime
) -> bool:
    """Subscribe the chat to what comes after broadcast `after`; returns False where it was already. Does not commit."""
    if await connection.scalar(select(subscriptions.c.id).where(_mine(chat, target))) is not None:
        return False
    row = {"chat": chat, "target": target and target.record, "mode": mode.value, "after": after, "since": now}
    await connection.execute(insert(subscriptions).values(row))
    return True


async def remove(connection: AsyncConnection, chat: int, target: Target | None) -> bool:
    """End the chat's subscription; returns False where it had none. Does not commit."""
    return (await connection.execute(delete(subscriptions).where(_mine(chat, target)))).rowcount > 0


async def set_mode(connection: AsyncConnection, chat: int, target: Target | None, mode: Mode, *, after: int) -> None:
    """Let the chat hear that way of what comes after broadcast `after`. Does not commit."""
    changed = update(subscriptions).where(_mine(chat, target)).values(mode=mode.value, after=after)
    await connection.execute(changed)


async def of_chat(connection: AsyncConnection, chat: int) -> tuple[Subscription, ...]:
    """Return what the chat follows, the oldest subscription first."""
    rows = await connection.execute(
        select(subscriptions.c.target, subscriptions.c.mode, records.c.kind, records.c.slug)
        .join_from(subscriptions, records, records.c.id == subscriptions.c.target, isouter=True)
        .where(subscriptions.c.chat == chat)
        .order_by(subscriptions.c.id)
    )
    return tuple(
        Subscription(row.target and Target(row.target, Kind(row.kind), row.slug), Mode(row.mode)) for row in rows
    )


async def count(connection: AsyncConnection, process: str) -> int:
    """Return how many reachable chats hear of a bulletin on the process, at once or in a digest."""
    mine = select(records.c.id).where(records.c.kind == Kind.PROCESS.value, records.c.slug == process)
    counted = (
        select(func.count(subscriptions.c.chat.distinct()))
        .where(subscriptions.c.target.is_(None) | subscriptions.c.target.in_(mine))
        .where(subscriptions.c.mode != Mode.CORRECTIONS.value)
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


async def is_gone(connection: AsyncConnection, chat: int) -> bool:
    """Return whether the chat cannot be reached."""
    return await connection.scalar(select(gone_chats.c.chat).where(gone_chats.c.chat == chat)) is not None


async def all_gone(connection: AsyncConnection) -> set[int]:
    """Return the chats that cannot be reached."""
    return set(await connection.scalars(select(gone_chats.c.chat)))


async def move(connection: AsyncConnection, old: int, new: int) -> None:
    """Give the chat's subscriptions to its new number. Does not commit."""
    held = {item.target and item.target.record for item in await of_chat(connection, new)}
    for item in await of_chat(connection, old):
        mine = _mine(old, item.target)
        if (item.target and item.target.record) in held:
            await connection.execute(delete(subscriptions).where(mine))
        else:
            await connection.execute(update(subscriptions).where(mine).values(chat=new))


def _mine(chat: int, target: Target | None) -> ColumnElement[bool]:
    same = subscriptions.c.target.is_(None) if target is None else subscriptions.c.target == target.record
    return and_(subscriptions.c.chat == chat, same)
