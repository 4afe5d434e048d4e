"""Filling: a broadcast's owed messages are made a slice at a time, so that a large audience keeps nobody waiting."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, literal, not_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.following import Hours, Mode, not_before
from bot.storage.broadcasts import BroadcastKind
from bot.storage.outbox import MOVING, UNDER_WAY, Course, NewOwed, Rank, State, drop_some, owe_all
from bot.storage.tables import (
    audiences,
    broadcasts,
    followers,
    gone_chats,
    ledger,
    ledger_tells,
    outbox,
    subscriptions,
)
from bot.storage.tables.base import UtcTime

UNREACHABLE: Final = "unreachable"
STOPPED: Final = "stopped by the desk"
_QUIET: Final = followers.c.quiet_from != followers.c.quiet_to


async def fill(connection: AsyncConnection, most: int, now: datetime, oldest: datetime) -> bool:
    """Make the owed messages of the next `most` of the oldest broadcast that lacks some; returns whether any did.

    Messages told before `oldest` are not corrected any more. Does not commit.
    """
    lacking = and_(broadcasts.c.course.in_(MOVING), broadcasts.c.filled.is_(False))
    query = select(broadcasts).where(lacking).order_by(broadcasts.c.id).limit(1)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return False
    if row.course == Course.STOPPED.value:
        left = await drop_some(connection, row.id, most, STOPPED) == most
        await connection.execute(update(broadcasts).where(broadcasts.c.id == row.id).values(filled=not left))
        return True
    stages = (
        await connection.execute(
            select(audiences.c.record, audiences.c.number)
            .where(audiences.c.broadcast == row.id, audiences.c.place >= row.stage)
            .order_by(audiences.c.place)
        )
    ).all()
    cursor, passed = row.cursor, 0
    for stage in stages:
        if stage.number is not None:
            count, cursor = await _told_slice(connection, row, stage, cursor, most, now, oldest)
        else:
            count, cursor = await _following_slice(connection, row, stage.record, cursor, most, now)
        most -= count
        if most <= 0:
            break
        cursor = None
        passed += 1
    done = {"stage": row.stage + passed, "cursor": cursor, "filled": passed == len(stages)}
    await connection.execute(update(broadcasts).where(broadcasts.c.id == row.id).values(**done))
    return True


async def fill_chat(connection: AsyncConnection, chat: int, now: datetime) -> None:
    """Make what the chat is owed of broadcasts under way, before it hears of news in another way. Does not commit."""
    lacking = select(broadcasts).where(broadcasts.c.course.in_(UNDER_WAY), broadcasts.c.filled.is_(False))
    for row in (await connection.execute(lacking)).all():
        stages = await connection.execute(
            select(audiences.c.record)
            .where(audiences.c.broadcast == row.id, audiences.c.number.is_(None))
            .order_by(audiences.c.place)
        )
        for (record,) in stages.all():
            mine = _following(row, record).where(subscriptions.c.chat == chat)
            await _owe_followers(connection, row, record, mine, now)


async def _told_slice(
    connection: AsyncConnection,
    row: Row[Any],
    stage: Any,  # a record and a number
    cursor: int | None,
    most: int,
    now: datetime,
    oldest: datetime,
) -> tuple[int, int | None]:
    """Owe an edit of each of the next messages that told the revision; returns how many it looked at, and the last."""
    entries = tuple(
        await connection.scalars(
            select(ledger_tells.c.ledger)
            .where(
                ledger_tells.c.record == stage.record,
                ledger_tells.c.number == stage.number,
                ledger_tells.c.ledger > (cursor or 0),
            )
            .order_by(ledger_tells.c.ledger)
            .limit(most)
        )
    )
    told = await connection.execute(
        select(ledger, gone_chats.c.chat.label("gone"))
        .join_from(ledger, gone_chats, gone_chats.c.chat == ledger.c.chat, isouter=True)
        .where(ledger.c.id.in_(entries), ledger.c.told >= oldest)
    )
    await owe_all(
        connection,
        [
            NewOwed(
                item.chat,
                item.locale,
                item.line,
                Rank.CORRECTION,
                now,
                row.id,
                item.id,
                State.GIVEN_UP if item.gone is not None else State.OWED,
                UNREACHABLE if item.gone is not None else None,
            )
            for item in told
        ],
    )
    return len(entries), entries[-1] if entries else None


async def _following_slice(
    connection: AsyncConnection, row: Row[Any], record: int | None, cursor: int | None, most: int, now: datetime
) -> tuple[int, int | None]:
    """Owe the broadcast to the record's next followers; returns how many were looked at, and the last."""
    beyond = subscriptions.c.chat > cursor if cursor is not None else true()
    page = select(subscriptions.c.chat).where(_follows(record), beyond).order_by(subscriptions.c.chat).limit(most)
    chats = page.subquery()
    count, last = (await connection.execute(select(func.count(), func.max(chats.c.chat)))).one()
    if not count:
        return 0, None
    mine = and_(beyond, subscriptions.c.chat <= last)
    if record is None or record == row.target:
        # Most have no quiet hours: the database makes what these are owed by itself, in a tenth of the time.
        await _owe_at_once(connection, row, record, mine, now)
        mine = and_(mine, _QUIET)
    await _owe_followers(connection, row, record, _following(row, record).where(mine), now)
    return count, last


async def _owe_at_once(
    connection: AsyncConnection, row: Row[Any], record: int | None, mine: ColumnElement[bool], now: datetime
) -> None:
    """Owe the whole broadcast, by now, to all of these followers that are to hear of it and have no quiet hours."""
    values: dict[str, Any] = {
        "chat": subscriptions.c.chat,
        "locale": followers.c.locale,
        "line": literal(f"/news {row.id}"),
        "rank": literal(BroadcastKind(row.kind).rank.value),
        "due": literal(now, UtcTime),
        "broadcast": literal(row.id),
        "entry": literal(0),
        "state": literal(State.OWED.value),
        "tries": literal(0),
    }
    chosen = _following(row, record).where(mine, not_(_QUIET)).order_by(subscriptions.c.chat)
    await connection.execute(
        insert(outbox)
        .prefix_with("OR IGNORE", dialect="sqlite")
        .from_select(list(values), chosen.with_only_columns(*values.values()))
    )


async def _owe_followers(
    connection: AsyncConnection, row: Row[Any], record: int | None, followed_by: Select[Any], now: datetime
) -> None:
    """Owe the broadcast to these followers, each when their quiet hours are over."""
    chosen = (await connection.execute(followed_by)).all()
    # Whoever follows all of it, or its process, hears of all of it; others of what they follow.
    whole = record is None or record == row.target
    parts = {} if whole or not chosen else await _followed(connection, row.id, [item.chat for item in chosen])
    await owe_all(
        connection,
        [
            NewOwed(
                item.chat,
                item.locale,
                " ".join(["/news", str(row.id), *parts.get(item.chat, ())]),
                BroadcastKind(row.kind).rank,
                not_before(Hours(item.zone, item.hour, item.weekday, item.quiet_from, item.quiet_to), now),
                row.id,
            )
            for item in chosen
        ],
    )


def _follows(record: int | None) -> ColumnElement[bool]:
    return subscriptions.c.target.is_(None) if record is None else subscriptions.c.target == record


def _following(row: Row[Any], record: int | None) -> Select[Any]:
    """Return the record's followers, with their hours, that are to hear of the broadcast."""
    modes = {Mode.AT_ONCE.value}
    if BroadcastKind(row.kind) is BroadcastKind.CORRECTION:
        modes.add(Mode.CORRECTIONS.value)
    return (
        select(followers)
        .join_from(subscriptions, followers, followers.c.chat == subscriptions.c.chat)
        .join(gone_chats, gone_chats.c.chat == subscriptions.c.chat, isouter=True)
        .where(
            _follows(record),
            subscriptions.c.mode.in_(modes),
            subscriptions.c.after < row.id,
            followers.c.told_at_once < row.id,
            followers.c.paused_until.is_(None),
            gone_chats.c.chat.is_(None),
        )
    )


async def _followed(connection: AsyncConnection, broadcast: int, chats: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return which of the broadcast's records each of the chats follows."""
    named = select(audiences.c.record).where(audiences.c.broadcast == broadcast, audiences.c.number.is_(None))
    rows = await connection.execute(
        select(subscriptions.c.chat, subscriptions.c.target)
        .where(subscriptions.c.chat.in_(chats), subscriptions.c.target.in_(named))
        .order_by(subscriptions.c.target)
    )
    found = defaultdict[int, tuple[str, ...]](tuple)
    for chat, target in rows:
        found[chat] += (str(target),)
    return found
