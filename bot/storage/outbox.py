"""The outbox: broadcasts, and the messages that each owes to a chat until Telegram has confirmed them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.domain.base import Kind
from bot.storage.tables import broadcasts, gone_chats, outbox, records, subscriptions


class State(StrEnum):
    """What has become of an owed message."""

    OWED = "owed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given up"


class BroadcastKind(StrEnum):
    """What a broadcast tells."""

    BULLETIN = "bulletin"  # the desk's own words
    UPDATE = "update"  # records that were published; the body names their revisions


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message to all subscribers of a process."""

    id: int
    kind: BroadcastKind
    made: datetime
    author: str
    process: str
    body: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A message owed to a chat."""

    id: int
    broadcast: int
    chat: int
    locale: str
    tries: int


async def add_broadcast(
    connection: AsyncConnection, kind: BroadcastKind, process: str, body: str, *, author: str, now: datetime
) -> int:
    """Write a broadcast to the process's subscribers; returns its number. Does not commit."""
    target = select(records.c.id).where(records.c.kind == Kind.PROCESS.value, records.c.slug == process)
    statement = insert(broadcasts).values(
        kind=kind.value, made=now, author=author, target=target.scalar_subquery(), body=body, filled=False
    )
    number: int = (await connection.execute(statement.returning(broadcasts.c.id))).scalar_one()
    return number


async def broadcast(connection: AsyncConnection, number: int) -> Broadcast | None:
    """Return the broadcast of that number, None where there is none."""
    found = (
        select(broadcasts, records.c.slug)
        .join_from(broadcasts, records, records.c.id == broadcasts.c.target)
        .where(broadcasts.c.id == number)
    )
    row = (await connection.execute(found)).one_or_none()
    if row is None:
        return None
    return Broadcast(row.id, BroadcastKind(row.kind), row.made, row.author, row.slug, row.body)


async def fill(connection: AsyncConnection, most: int) -> int:
    """Make up to `most` owed messages of the oldest broadcast that lacks some; returns how many chats it went through.

    0 means that no broadcast lacks any. Does not commit.
    """
    row = (
        await connection.execute(
            select(broadcasts).where(broadcasts.c.filled.is_(False)).order_by(broadcasts.c.id).limit(1)
        )
    ).one_or_none()
    if row is None:
        return 0
    audience = (
        select(subscriptions.c.chat, subscriptions.c.locale)
        .where(subscriptions.c.target == row.target, subscriptions.c.since <= row.made)
        .order_by(subscriptions.c.chat)
        .limit(most)
    )
    if row.cursor is not None:
        audience = audience.where(subscriptions.c.chat > row.cursor)
    chats = (await connection.execute(audience)).all()
    gone = set(await connection.scalars(select(gone_chats.c.chat)))
    owed = [
        {"broadcast": row.id, "chat": chat, "locale": locale, "state": State.OWED.value, "tries": 0}
        for chat, locale in chats
        if chat not in gone
    ]
    if owed:
        await connection.execute(insert(outbox), owed)
    done = {"cursor": chats[-1].chat if chats else row.cursor, "filled": len(chats) < most}
    await connection.execute(update(broadcasts).where(broadcasts.c.id == row.id).values(**done))
    return max(1, len(chats))


async def claim(connection: AsyncConnection, most: int, now: datetime, lease_until: datetime) -> tuple[Owed, ...]:
    """Take up to `most` messages to send, the oldest first: owed ones whose time has come, and run-out leases.

    Nobody else gets them before `lease_until`. Does not commit.
    """
    rows = (await connection.execute(select(outbox).where(_free(now)).order_by(outbox.c.id).limit(most))).all()
    if rows:
        await connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(state=State.SENDING.value, due=lease_until, tries=outbox.c.tries + 1)
        )
    return tuple(Owed(row.id, row.broadcast, row.chat, row.locale, row.tries + 1) for row in rows)


async def settle(
    connection: AsyncConnection,
    number: int,
    state: State,
    *,
    message: int | None = None,
    reason: str | None = None,
    due: datetime | None = None,
) -> None:
    """Note what has become of a claimed message. Does not commit."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.id == number)
        .values(state=state.value, message=message, reason=reason and reason[:200], due=due)
    )


async def counts(connection: AsyncConnection, states: Iterable[State] = State) -> dict[State, int]:
    """Return how many messages are in each state."""
    rows = await connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    found = {State(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in states}


async def drop_chat(connection: AsyncConnection, chat: int, reason: str) -> None:
    """Give up what is still owed to a chat. Does not commit."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.chat == chat, outbox.c.state.in_((State.OWED.value, State.SENDING.value)))
        .values(state=State.GIVEN_UP.value, reason=reason[:200], due=None)
    )


async def waiting(connection: AsyncConnection, now: datetime) -> bool:
    """Return whether there is anything to fill or to claim."""
    unfilled = select(broadcasts.c.id).where(broadcasts.c.filled.is_(False)).limit(1)
    if await connection.scalar(unfilled) is not None:
        return True
    return await connection.scalar(select(outbox.c.id).where(_free(now)).limit(1)) is not None


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Erase what is settled of broadcasts made before that instant; returns how many messages. Does not commit."""
    old = select(broadcasts.c.id).where(broadcasts.c.made < before)
    settled = outbox.c.state.not_in((State.OWED.value, State.SENDING.value))
    return (await connection.execute(delete(outbox).where(settled, outbox.c.broadcast.in_(old)))).rowcount


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(outbox.c.state == State.OWED.value, or_(outbox.c.due.is_(None), outbox.c.due <= now)),
        and_(outbox.c.state == State.SENDING.value, outbox.c.due <= now),
    )
