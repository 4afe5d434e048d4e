"""Filling: a broadcast's owed messages are made a slice at a time, so that a large audience keeps nobody waiting."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.following import Hours, Mode, not_before
from bot.storage.broadcasts import BroadcastKind
from bot.storage.outbox import MOVING, UNDER_WAY, Course, NewOwed, Rank, State, drop_some, owe_all
from bot.storage.tables import audiences, broadcasts, followers, gone_chats, ledger, ledger_tells, subscriptions

UNREACHABLE: Final = "unreachable"
STOPPED: Final = "stopped by the desk"


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
            found = await connection.execute(_following(record).where(subscriptions.c.chat == chat))
            await _owe_followers(connection, row, record, found.all(), now)


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
    query = _following(record).order_by(subscriptions.c.chat).limit(most)
    if cursor is not None:
        query = query.where(subscriptions.c.chat > cursor)
    found = (await connection.execute(query)).all()
    await _owe_followers(connection, row, record, found, now)
    return len(found), found[-1].chat if found else None


async def _owe_followers(
    connection: AsyncConnection, row: Row[Any], record: int | None, found: Sequence[Row[Any]], now: datetime
) -> None:
    kind = BroadcastKind(row.kind)
    modes = {Mode.AT_ONCE.value}
    if kind is BroadcastKind.CORRECTION:
        modes.add(Mode.CORRECTIONS.value)
    chosen = [
        item
        for item in found
        if item.mode in modes
        and item.after < row.id
        and item.told_at_once < row.id
        and item.paused_until is None
        and item.gone is None
    ]
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
                kind.rank,
                not_before(Hours(item.zone, item.hour, item.weekday, item.quiet_from, item.quiet_to), now),
                row.id,
            )
            for item in chosen
        ],
    )


def _following(record: int | None) -> Any:  # a Select whose columns are listed here
    mine = subscriptions.c.target.is_(None) if record is None else subscriptions.c.target == record
    return (
        select(subscriptions.c.mode, subscriptions.c.after, followers, gone_chats.c.chat.label("gone"))
        .join_from(subscriptions, followers, followers.c.chat == subscriptions.c.chat)
        .join(gone_chats, gone_chats.c.chat == subscriptions.c.chat, isouter=True)
        .where(mine)
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
