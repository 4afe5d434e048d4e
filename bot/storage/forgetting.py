"""Forgetting: every place where something of a reader or a chat is held. A test looks for places left out."""

from dataclasses import dataclass

from sqlalchemy import Table, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.storage.tables import (
    chats,
    confirmations,
    dialogues,
    followers,
    gone_chats,
    ledger,
    outbox,
    ratings,
    reports,
    subscriptions,
    team,
    tokens,
    visits,
)


@dataclass(frozen=True, slots=True)
class Held:
    """How much is held."""

    messages: int
    subscriptions: int
    ratings: int
    reports: int


async def held(connection: AsyncConnection, pseudonym: str, reader: int, chat: int) -> Held:  # noqa: ARG001 - as erase
    """Return how much is held of the reader, by pseudonym and number, and of the chat."""

    async def count(table: Table, mine: ColumnElement[bool]) -> int:
        return await connection.scalar(select(func.count()).select_from(table).where(mine)) or 0

    return Held(
        await count(ledger, and_(ledger.c.chat == chat, ledger.c.inline_message.is_(None))),
        await count(subscriptions, subscriptions.c.chat == chat),
        await count(ratings, ratings.c.reader == pseudonym),
        await count(reports, reports.c.reader == pseudonym),
    )


async def erase(connection: AsyncConnection, pseudonym: str, reader: int, chat: int) -> None:
    """Erase all that is held of the reader and of the chat. Does not commit."""
    # The terminal is chat 0, and so is what was sent through inline mode: told to others, it is not its to erase.
    await connection.execute(delete(ledger).where(ledger.c.chat == chat, ledger.c.inline_message.is_(None)))
    for table in (chats, subscriptions, followers, outbox, gone_chats, visits):
        await connection.execute(delete(table).where(table.c.chat == chat))
    for table in (ratings, reports):
        await connection.execute(delete(table).where(table.c.reader == pseudonym))
    for table in (tokens, confirmations, dialogues):
        await connection.execute(delete(table).where(table.c.reader == reader))
    # A role is an owner's to take away; that somebody had one once is not worth keeping.
    await connection.execute(delete(team).where(team.c.reader == reader, team.c.role.is_(None)))
