"""The ledger: which revisions each message told, so that a correction can find every one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.revision import RevisionRef
from bot.storage import broadcasts, corrections
from bot.storage.outbox import NewOwed, Rank, owe_all, reopen
from bot.storage.tables import ledger, ledger_tells


@dataclass(frozen=True, slots=True)
class Telling:
    """What a message is about to tell: to which chat, made by which command line, in which language.

    The first of `tells` is what the message is about. A message sent through inline mode is known by its
    `inline_message` alone: it stands in a chat that the bot is not told, so its chat is 0.
    """

    told: datetime
    chat: int
    line: str
    locale: str
    tells: tuple[RevisionRef, ...]
    inline_message: str | None = None
    part: int = 0  # which, of a reply that takes several messages


@dataclass(frozen=True, slots=True)
class Told:
    """What a message told."""

    line: str
    tells: tuple[RevisionRef, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger; without any kind of `message` Telegram has not confirmed it."""

    told: datetime
    chat: int
    message: int | None
    inline_message: str | None
    part: int
    tells: tuple[RevisionRef, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The message that a telling became; entry 0 is a message that the ledger does not know."""

    entry: int
    message: int


async def add(connection: AsyncConnection, tellings: Sequence[Telling]) -> tuple[int, ...]:
    """Write the tellings; returns the ledger's id of each, in order. Does not commit."""
    rows = [
        {
            "told": item.told,
            "chat": item.chat,
            "line": item.line,
            "locale": item.locale,
            "inline_message": item.inline_message,
            "part": item.part,
        }
        for item in tellings
    ]
    # One statement numbers its rows in their order, so sorting tells which is whose. Asking SQLAlchemy to keep the
    # order instead makes it send a statement a row.
    ids = tuple(sorted((await connection.execute(insert(ledger).returning(ledger.c.id), rows)).scalars()))
    told = [
        {"ledger": identity, "record": ref.record, "number": ref.number, "place": place}
        for identity, item in zip(ids, tellings, strict=True)
        for place, ref in enumerate(item.tells)
    ]
    if told:
        await connection.execute(insert(ledger_tells), told)
        await _owe_corrections(connection, tellings, ids)
    return ids


async def _owe_corrections(connection: AsyncConnection, tellings: Sequence[Telling], entries: Sequence[int]) -> None:
    """Owe an edit of what is told wrongly although it is known to be wrong by now.

    It was made just before the correction was published, and is written down when the correction may have been through
    the ledger already. Between the two it would be forgotten.
    """
    wrong = await corrections.known_wrong(connection, {ref for item in tellings for ref in item.tells})
    for item, entry in zip(tellings, entries, strict=True):
        publications = {wrong[ref] for ref in item.tells if ref in wrong}
        number = await broadcasts.of_publication(connection, max(publications)) if publications else None
        if number is not None:
            owed = NewOwed(item.chat, item.locale, item.line, Rank.CORRECTION, item.told, number, entry)
            await owe_all(connection, [owed])
            await reopen(connection, [number])


async def entry(connection: AsyncConnection, number: int) -> Entry | None:
    """Return the ledger's entry of that number, None where it has been erased."""
    row = (await connection.execute(select(ledger).where(ledger.c.id == number))).one_or_none()
    if row is None:
        return None
    tells = await connection.execute(
        select(ledger_tells.c.record, ledger_tells.c.number)
        .where(ledger_tells.c.ledger == number)
        .order_by(ledger_tells.c.place)
    )
    refs = tuple(RevisionRef(record, revision) for record, revision in tells)
    return Entry(row.told, row.chat, row.message, row.inline_message, row.part, refs)


async def retell(connection: AsyncConnection, entry: int, tells: Sequence[RevisionRef]) -> None:
    """Note that the entry's message now tells these revisions. Does not commit; does nothing to an erased entry."""
    if await connection.scalar(select(ledger.c.id).where(ledger.c.id == entry)) is None:
        return
    await connection.execute(delete(ledger_tells).where(ledger_tells.c.ledger == entry))
    rows = [
        {"ledger": entry, "record": ref.record, "number": ref.number, "place": place} for place, ref in enumerate(tells)
    ]
    if rows:
        await connection.execute(insert(ledger_tells), rows)


async def confirm(connection: AsyncConnection, confirmed: Sequence[Confirmed]) -> Sequence[None]:
    """Note which message each telling became. Does not commit."""
    rows = [{"entry": item.entry, "sent": item.message} for item in confirmed if item.entry]
    if rows:
        entry = update(ledger).where(ledger.c.id == bindparam("entry"))
        await connection.execute(entry.values(message=bindparam("sent")), rows)
    return ()


async def told_by(connection: AsyncConnection, chat: int, message: int) -> Told | None:
    """Return what that message told last, None where the ledger does not know it."""
    return await _last(connection, chat, message)


async def last_told(connection: AsyncConnection, chat: int) -> Told | None:
    """Return what the newest message to the chat told that told anything, None where there is none."""
    return await _last(connection, chat, None)


async def told_inline(connection: AsyncConnection, inline_message: str) -> Told | None:
    """Return what that message, sent through inline mode, told last; None where the ledger does not know it."""
    wanted = select(ledger.c.id, ledger.c.line).where(ledger.c.inline_message == inline_message)
    return await _newest(connection, wanted)


async def purge(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Erase up to `most` of what was told before that instant; returns how many messages. Does not commit."""
    old = select(ledger.c.id).where(ledger.c.told < before).limit(most)
    return (await connection.execute(delete(ledger).where(ledger.c.id.in_(old)))).rowcount


async def _last(connection: AsyncConnection, chat: int, message: int | None) -> Told | None:
    wanted = select(ledger.c.id, ledger.c.line).where(ledger.c.chat == chat)
    if message is not None:
        wanted = wanted.where(ledger.c.message == message)
    else:
        told_any = select(ledger_tells.c.ledger).where(ledger_tells.c.ledger == ledger.c.id).exists()
        wanted = wanted.where(ledger.c.message.is_not(None), told_any)
    return await _newest(connection, wanted)


async def _newest(connection: AsyncConnection, wanted: Select[tuple[int, str]]) -> Told | None:
    row = (await connection.execute(wanted.order_by(ledger.c.id.desc()).limit(1))).one_or_none()
    if row is None:
        return None
    tells = await connection.execute(
        select(ledger_tells.c.record, ledger_tells.c.number)
        .where(ledger_tells.c.ledger == row.id)
        .order_by(ledger_tells.c.place)
    )
    return Told(row.line, tuple(RevisionRef(record, number) for record, number in tells))
