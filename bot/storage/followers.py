"""Followers: at which hours a chat hears of what it follows, until when not at all, and what it was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.following import Hours, Mode
from bot.storage.tables import followers

# The columns that hold how far a way of telling has come.
_TOLD: Final = {
    Mode.AT_ONCE: followers.c.told_at_once,
    Mode.CORRECTIONS: followers.c.told_at_once,
    Mode.DAILY: followers.c.told_daily,
    Mode.WEEKLY: followers.c.told_weekly,
}
_DUE: Final = {Mode.DAILY: followers.c.daily_due, Mode.WEEKLY: followers.c.weekly_due}
DIGESTS: Final = tuple(_DUE)


@dataclass(frozen=True, slots=True)
class Follower:
    """A chat that follows something; `told` is the newest broadcast that it is owed or was told, by way of telling."""

    chat: int
    locale: str
    hours: Hours
    paused_until: datetime | None
    told: dict[Mode, int]
    due: dict[Mode, datetime | None]


async def read(connection: AsyncConnection, chat: int) -> Follower | None:
    """Return how the chat follows, None where it never has."""
    row = (await connection.execute(select(followers).where(followers.c.chat == chat))).one_or_none()
    return _follower(row) if row else None


async def add(connection: AsyncConnection, chat: int, locale: str) -> None:
    """Write a new follower, with the hours that nobody has chosen otherwise. Does not commit."""
    hours = Hours()
    await connection.execute(
        insert(followers).values(chat=chat, locale=locale, **_hours(hours), told_at_once=0, told_daily=0, told_weekly=0)
    )


async def set_locale(connection: AsyncConnection, chat: int, locale: str) -> None:
    """Let the chat hear in that language. Does not commit."""
    await connection.execute(update(followers).where(followers.c.chat == chat).values(locale=locale))


async def set_hours(connection: AsyncConnection, chat: int, hours: Hours) -> None:
    """Keep the hours in place of earlier ones. Does not commit."""
    await connection.execute(update(followers).where(followers.c.chat == chat).values(**_hours(hours)))


async def set_pause(connection: AsyncConnection, chat: int, until: datetime | None) -> None:
    """Tell the chat nothing until then; None ends that. Does not commit."""
    await connection.execute(update(followers).where(followers.c.chat == chat).values(paused_until=until))


async def set_told(connection: AsyncConnection, chat: int, mode: Mode, broadcast: int) -> None:
    """Note that everything up to that broadcast is owed or told. Does not commit."""
    await connection.execute(update(followers).where(followers.c.chat == chat).values({_TOLD[mode].name: broadcast}))


async def set_due(connection: AsyncConnection, chat: int, mode: Mode, due: datetime | None) -> None:
    """Note when the next digest of that mode is due, None for never. Does not commit."""
    await connection.execute(update(followers).where(followers.c.chat == chat).values({_DUE[mode].name: due}))


async def with_digest_due(connection: AsyncConnection, mode: Mode, now: datetime, most: int) -> tuple[Follower, ...]:
    """Return chats whose digest is due, the longest due first."""
    due = _DUE[mode]
    return await _found(connection, select(followers).where(due <= now).order_by(due).limit(most))


async def with_digest_after(
    connection: AsyncConnection, mode: Mode, after: datetime, most: int
) -> tuple[Follower, ...]:
    """Return chats whose digest is due only after that instant."""
    return await _found(connection, select(followers).where(_DUE[mode] > after).limit(most))


async def with_pause_over(connection: AsyncConnection, now: datetime, most: int) -> tuple[Follower, ...]:
    """Return chats that wanted to hear nothing until a time that has come."""
    return await _found(connection, select(followers).where(followers.c.paused_until <= now).limit(most))


async def move(connection: AsyncConnection, old: int, new: int) -> None:
    """Give the chat's hours to its new number, where that has none of its own. Does not commit."""
    if await read(connection, new) is None:
        await connection.execute(update(followers).where(followers.c.chat == old).values(chat=new))
    else:
        await connection.execute(delete(followers).where(followers.c.chat == old))


async def _found(connection: AsyncConnection, query: Any) -> tuple[Follower, ...]:  # a Select of the table
    rows: Sequence[Row[Any]] = (await connection.execute(query)).all()
    return tuple(map(_follower, rows))


def _hours(hours: Hours) -> dict[str, object]:
    return {
        "zone": hours.zone,
        "hour": hours.hour,
        "weekday": hours.weekday,
        "quiet_from": hours.quiet_from,
        "quiet_to": hours.quiet_to,
    }


def _follower(row: Row[Any]) -> Follower:
    return Follower(
        row.chat,
        row.locale,
        Hours(row.zone, row.hour, row.weekday, row.quiet_from, row.quiet_to),
        row.paused_until,
        {mode: getattr(row, column.name) for mode, column in _TOLD.items()},
        {mode: getattr(row, column.name) for mode, column in _DUE.items()},
    )
