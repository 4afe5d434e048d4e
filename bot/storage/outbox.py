"""The outbox: messages owed to chats until Telegram has confirmed them, each as the command line that makes it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.following import Hours, not_before
from bot.storage.tables import audiences, broadcasts, outbox, subscriptions

# No message waits longer for its time than quiet hours last. One that would was put off by a clock that went wrong.
LONGEST_WAIT: Final = timedelta(hours=26)
_REASON: Final = 200  # characters


class State(StrEnum):
    """What has become of an owed message."""

    OWED = "owed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given up"


UNSENT: Final = (State.OWED.value, State.SENDING.value)


class Rank(IntEnum):
    """Who goes first; replies to what people ask go before all of these and are never in the outbox."""

    CORRECTION = 1  # and its notices
    ANSWER = 2  # what a person asked to be told
    NEWS = 3  # bulletins, updates, digests, reminders


class Course(StrEnum):
    """How a broadcast goes."""

    GOING = "going"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


# Of these the worker has owed messages to make, or, once stopped, to give up.
MOVING: Final = (Course.GOING.value, Course.STOPPED.value)
UNDER_WAY: Final = (Course.GOING.value, Course.PAUSED.value)


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to be sent to a chat; with an `entry` of the ledger, an edit of the message that it names."""

    id: int
    chat: int
    locale: str
    line: str
    tries: int
    broadcast: int | None
    entry: int
    rank: Rank


@dataclass(frozen=True, slots=True)
class NewOwed:
    """A message that becomes owed, not before `due`. Of one broadcast a chat is owed each message once."""

    chat: int
    locale: str
    line: str
    rank: Rank
    due: datetime
    broadcast: int | None = None
    entry: int = 0
    state: State = State.OWED
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What has become of a claimed message; one that is still owed is tried again when it is `due`.

    `failed` is 1 where a try has failed: a kill in the middle of one is nobody's fault.
    """

    id: int
    state: State
    due: datetime
    message: int | None = None
    reason: str | None = None
    failed: int = 0


async def owe(
    connection: AsyncConnection, chat: int, locale: str, line: str, *, now: datetime, rank: Rank = Rank.ANSWER
) -> None:
    """Owe the chat the message that the command line makes, as soon as it is its turn. Does not commit."""
    await owe_all(connection, (NewOwed(chat, locale, line, rank, now),))


async def owe_all(connection: AsyncConnection, new: Sequence[NewOwed]) -> None:
    """Owe all of these; one that its broadcast owes or owed the chat already is left as it is. Does not commit."""
    rows = [
        {
            "chat": item.chat,
            "locale": item.locale,
            "line": item.line,
            "rank": item.rank.value,
            "due": item.due,
            "broadcast": item.broadcast,
            "entry": item.entry,
            "state": item.state.value,
            "reason": item.reason,
            "tries": 0,
        }
        for item in new
    ]
    if rows:
        await connection.execute(insert(outbox).prefix_with("OR IGNORE", dialect="sqlite"), rows)


async def settle(connection: AsyncConnection, settled: Sequence[Settled]) -> None:
    """Note what has become of claimed messages. Does not commit."""
    if settled:
        await connection.execute(
            update(outbox)
            .where(outbox.c.id == bindparam("number"))
            .values(
                state=bindparam("now_is"),
                message=bindparam("sent"),
                reason=bindparam("why"),
                due=bindparam("next"),
                tries=outbox.c.tries + bindparam("failed"),
            ),
            [
                {
                    "number": item.id,
                    "now_is": item.state.value,
                    "sent": item.message,
                    "why": item.reason and item.reason[:_REASON],
                    "next": item.due,
                    "failed": item.failed,
                }
                for item in settled
            ],
        )


async def drop_chat(connection: AsyncConnection, chat: int, reason: str) -> None:
    """Give up what is still owed to a chat. Does not commit."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.chat == chat, outbox.c.state.in_(UNSENT))
        .values(state=State.GIVEN_UP.value, reason=reason[:_REASON])
    )


async def drop_some(connection: AsyncConnection, broadcast: int, most: int, reason: str) -> int:
    """Give up so many of the messages that are owed of a broadcast; returns how many it were. Does not commit."""
    mine = select(outbox.c.id).where(outbox.c.state == State.OWED.value, outbox.c.broadcast == broadcast).limit(most)
    dropped = update(outbox).where(outbox.c.id.in_(mine)).values(state=State.GIVEN_UP.value, reason=reason[:_REASON])
    return (await connection.execute(dropped)).rowcount


async def owe_corrections_again(connection: AsyncConnection, chat: int, now: datetime) -> None:
    """Owe a chat that can be reached again the corrections that were given up. Does not commit."""
    mine = and_(outbox.c.chat == chat, outbox.c.state == State.GIVEN_UP.value, outbox.c.rank == Rank.CORRECTION.value)
    again = {"state": State.OWED.value, "due": now, "reason": None}
    reached = set(await connection.scalars(select(outbox.c.broadcast).where(mine).distinct()))
    await connection.execute(update(outbox).where(mine).values(again))
    await reopen(connection, reached)


async def reopen(connection: AsyncConnection, numbers: Collection[int]) -> None:
    """Let broadcasts go on that were done, since something more is owed of them. Does not commit."""
    done = and_(broadcasts.c.id.in_(numbers), broadcasts.c.course == Course.DONE.value)
    await connection.execute(update(broadcasts).where(done).values(course=Course.GOING.value))


async def drop_unfollowed(connection: AsyncConnection, chat: int) -> None:
    """Give up the news owed to a chat of what it follows no longer; corrections stay owed. Does not commit."""
    mine = and_(outbox.c.chat == chat, outbox.c.state == State.OWED.value, outbox.c.rank == Rank.NEWS.value)
    followed = select(subscriptions.c.target).where(subscriptions.c.chat == chat, subscriptions.c.target.is_not(None))
    everything = select(subscriptions.c.id).where(subscriptions.c.chat == chat, subscriptions.c.target.is_(None))
    if await connection.scalar(everything) is not None:
        return
    wanted = select(audiences.c.broadcast).where(audiences.c.record.in_(followed))
    unwanted = or_(
        outbox.c.broadcast.not_in(wanted),
        # A digest tells of all that the chat followed; it stays while any of that does.
        and_(outbox.c.broadcast.is_(None), ~followed.exists()),
    )
    dropped = {"state": State.GIVEN_UP.value, "reason": "unfollowed"}
    await connection.execute(update(outbox).where(mine, unwanted).values(dropped))


async def let_go(connection: AsyncConnection, chat: int, hours: Hours, now: datetime) -> None:
    """Let news owed to a chat come by its new hours. Does not commit."""
    mine = and_(outbox.c.chat == chat, outbox.c.state == State.OWED.value, outbox.c.rank == Rank.NEWS.value)
    await connection.execute(update(outbox).where(mine, outbox.c.due > now).values(due=not_before(hours, now)))


async def times_to_mend(connection: AsyncConnection, now: datetime) -> bool:
    """Return whether a clock that was ahead has put anything off beyond every wait there is."""
    return await connection.scalar(select(outbox.c.id).where(_too_late(now)).limit(1)) is not None


async def mend_times(connection: AsyncConnection, now: datetime) -> int:
    """Let go now what a clock that was ahead has put off beyond every wait there is; returns how many.

    Does not commit.
    """
    return (await connection.execute(update(outbox).where(_too_late(now)).values(due=now))).rowcount


async def purge(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Erase up to `most` of what was settled before that instant; returns how many. Does not commit."""
    settled = [state.value for state in State if state.value not in UNSENT]
    old = select(outbox.c.id).where(outbox.c.state.in_(settled), outbox.c.due < before).limit(most)
    return (await connection.execute(delete(outbox).where(outbox.c.id.in_(old)))).rowcount


def _too_late(now: datetime) -> ColumnElement[bool]:
    return and_(outbox.c.state.in_(UNSENT), outbox.c.due > now + LONGEST_WAIT)
