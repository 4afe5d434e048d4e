"""The ledger: which revisions each message told, so that a correction can find every one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.revision import RevisionRef
from bot.storage.tables import ledger, ledger_tells


@dataclass(frozen=True, slots=True)
class Telling:
    """What a message is about to tell: to which chat, made by which command line, in which language.

    The first of `tells` is what the message is about.
    """

    told: datetime
    chat: int
    line: str
    locale: str
    tells: tuple[RevisionRef, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a message told."""

    line: str
    tells: tuple[RevisionRef, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The message that a telling became."""

    entry: int
    message: int


async def add(connection: AsyncConnection, tellings: Sequence[Telling]) -> tuple[int, ...]:
    """Write the tellings; returns the ledger's id of each, in order. Does not commit."""
    rows = [
        {"told": item.told, "chat": item.chat, "line": item.line, "locale": item.locale, "message": None}
        for item in tellings
    ]
    result = await connection.execute(insert(ledger).returning(ledger.c.id, sort_by_parameter_order=True), rows)
    ids = tuple(result.scalars())
    told = [
        {"ledger": identity, "record": ref.record, "number": ref.number, "place": place}
        for identity, item in zip(ids, tellings, strict=True)
        for place, ref in enumerate(item.tells)
    ]
    if told:
        await connection.execute(insert(ledger_tells), told)
    return ids


async def confirm(connection: AsyncConnection, confirmed: Sequence[Confirmed]) -> None:
    """Note which message each telling became. Does not commit."""
    await connection.execute(
        update(ledger).where(ledger.c.id == bindparam("entry")).values(message=bindparam("sent")),
        [{"entry": item.entry, "sent": item.message} for item in confirmed],
    )


async def told_by(connection: AsyncConnection, chat: int, message: int) -> Told | None:
    """Return what that message told last, None where the ledger does not know it."""
    return await _last(connection, chat, message)


async def last_told(connection: AsyncConnection, chat: int) -> Told | None:
    """Return what the newest message to the chat told that told anything, None where there is none."""
    return await _last(connection, chat, None)


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Erase what was told before that instant; returns how many messages that was. Does not commit."""
    result = await connection.execute(delete(ledger).where(ledger.c.told < before))
    return result.rowcount


async def _last(connection: AsyncConnection, chat: int, message: int | None) -> Told | None:
    wanted = select(ledger.c.id, ledger.c.line).where(ledger.c.chat == chat)
    if message is not None:
        wanted = wanted.where(ledger.c.message == message)
    row = (await connection.execute(wanted.order_by(ledger.c.id.desc()).limit(1))).one_or_none()
    if row is None:
        return None
    tells = await connection.execute(
        select(ledger_tells.c.record, ledger_tells.c.number)
        .where(ledger_tells.c.ledger == row.id)
        .order_by(ledger_tells.c.place)
    )
    return Told(row.line, tuple(RevisionRef(record, number) for record, number in tells))
