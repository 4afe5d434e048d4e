"""Questions that found no answer, and the wishes to hear of one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import missed, wishes

A_DAY: Final = 40  # questions kept of one reader; more is a flood, not a person who wants to know
WISHES: Final = 20  # of one chat at a time


class State(StrEnum):
    """What has become of a question."""

    OFFERED = "offered"  # others were offered, and the reader has not said that it is none of them
    OPEN = "open"  # in the queue
    ANSWERED = "answered"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Missed:
    """A question as somebody asked it, and what has become of it."""

    at: datetime
    reader: str  # a keyed hash, never the id
    process: str
    words: str
    state: State = State.OPEN


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question in the queue."""

    id: int
    at: datetime
    reader: str
    process: str
    words: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A chat's wish to hear of an answer to the words."""

    id: int
    chat: int
    locale: str
    process: str
    words: str
    since: datetime


async def add(connection: AsyncConnection, asked: Sequence[Missed]) -> tuple[int | None, ...]:
    """Keep the questions; returns the number of each, None of one that is beyond its reader's limit for a day.

    Asked again by the same reader on the same day, it is the same question and in the state that it had. Does not
    commit.
    """
    known = await _of_readers(connection, {item.reader for item in asked}, min(item.at for item in asked))
    numbers: list[int | None] = []
    for item in asked:
        of_reader = known.setdefault(item.reader, {})
        key = (item.process, item.words.casefold())
        if key not in of_reader:
            if len(of_reader) >= A_DAY:
                numbers.append(None)
                continue
            row = {"at": item.at, "reader": item.reader, "process": item.process, "words": item.words}
            new = insert(missed).values(**row, state=item.state.value, reason="")
            of_reader[key] = (await connection.execute(new.returning(missed.c.id))).scalar_one()
        elif item.state is State.OPEN:
            await _open(connection, of_reader[key])
        numbers.append(of_reader[key])
    return tuple(numbers)


async def open_again(connection: AsyncConnection, number: int, reader: str) -> Missed | None:
    """Put the reader's question, for which others were offered, into the queue; returns it as it was before.

    None where there is no such question of this reader. Does not commit.
    """
    found = await of_reader(connection, number, reader)
    if found and found.state is State.OFFERED:
        await _open(connection, number)
    return found


async def of_reader(connection: AsyncConnection, number: int, reader: str) -> Missed | None:
    """Return the reader's question of that number, None where there is none."""
    mine = (missed.c.id == number) & (missed.c.reader == reader)
    row = (await connection.execute(select(missed).where(mine))).one_or_none()
    return Missed(row.at, row.reader, row.process, row.words, State(row.state)) if row else None


async def waiting(connection: AsyncConnection) -> tuple[Waiting, ...]:
    """Return the queue, oldest first."""
    rows = await connection.execute(select(missed).where(missed.c.state == State.OPEN.value).order_by(missed.c.id))
    return tuple(Waiting(row.id, row.at, row.reader, row.process, row.words) for row in rows)


async def settle(connection: AsyncConnection, numbers: Collection[int], state: State, reason: str) -> int:
    """Note what has become of questions of the queue; returns of how many. Does not commit."""
    of_queue = missed.c.id.in_(numbers) & (missed.c.state == State.OPEN.value)
    return (await connection.execute(update(missed).where(of_queue).values(state=state.value, reason=reason))).rowcount


async def add_wish(connection: AsyncConnection, chat: int, locale: str, asked: Missed, now: datetime) -> int | None:
    """Keep the chat's wish to hear of an answer; returns its number, None where it has as many as it may.

    Wished again, it is the same wish. Does not commit.
    """
    kept = await wishes_of(connection, chat)
    for wish in kept:
        if (wish.process, wish.words.casefold()) == (asked.process, asked.words.casefold()):
            return wish.id
    if len(kept) >= WISHES:
        return None
    row = {"chat": chat, "locale": locale, "process": asked.process, "words": asked.words, "since": now}
    number: int = (await connection.execute(insert(wishes).values(**row).returning(wishes.c.id))).scalar_one()
    return number


async def wishes_of(connection: AsyncConnection, chat: int) -> tuple[Wish, ...]:
    """Return the chat's wishes, oldest first."""
    return _wishes(await connection.execute(select(wishes).where(wishes.c.chat == chat).order_by(wishes.c.id)))


async def all_wishes(connection: AsyncConnection) -> tuple[Wish, ...]:
    """Return every wish, oldest first."""
    return _wishes(await connection.execute(select(wishes).order_by(wishes.c.id)))


async def end_wish(connection: AsyncConnection, number: int, chat: int) -> Wish | None:
    """End the chat's wish; returns it, None where there is no such wish of the chat. Does not commit."""
    mine = (wishes.c.id == number) & (wishes.c.chat == chat)
    ended = _wishes(await connection.execute(delete(wishes).where(mine).returning(wishes)))
    return ended[0] if ended else None


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Erase the questions asked before that instant; returns how many. Does not commit."""
    return (await connection.execute(delete(missed).where(missed.c.at < before))).rowcount


async def _open(connection: AsyncConnection, number: int) -> None:
    offered = (missed.c.id == number) & (missed.c.state == State.OFFERED.value)
    await connection.execute(update(missed).where(offered).values(state=State.OPEN.value))


def _wishes(rows: Iterable[Row[Any]]) -> tuple[Wish, ...]:
    return tuple(Wish(row.id, row.chat, row.locale, row.process, row.words, row.since) for row in rows)


async def _of_readers(
    connection: AsyncConnection, readers: Collection[str], now: datetime
) -> dict[str, dict[tuple[str, str], int]]:
    """Return what each reader has asked in the last day: question by question its number."""
    recent = missed.c.reader.in_(readers) & (missed.c.at > now - timedelta(days=1))
    found: dict[str, dict[tuple[str, str], int]] = {}
    for row in await connection.execute(select(missed).where(recent).order_by(missed.c.id)):
        found.setdefault(row.reader, {})[row.process, row.words.casefold()] = row.id
    return found
