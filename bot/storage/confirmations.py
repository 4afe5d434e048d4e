"""Confirmations: what a person is about to do, kept until they confirm it once, or never."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import confirmations

LIFETIME: Final = timedelta(hours=24)
_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Pending:
    """An action with all it needs, as it was shown to the one who confirms it."""

    action: str
    payload: str


async def add(connection: AsyncConnection, reader: int, pending: Pending, now: datetime) -> str:
    """Keep the action for the reader to confirm; returns the token that does. Does not commit."""
    token = secrets.token_urlsafe(_BYTES)
    row = {"token": token, "reader": reader, "action": pending.action, "payload": pending.payload}
    await connection.execute(insert(confirmations).values(**row, expires=now + LIFETIME))
    return token


async def take(connection: AsyncConnection, token: str, reader: int, now: datetime) -> Pending | None:
    """Return the action and forget it, so that it happens once; None for another's, an old or an unknown token.

    Does not commit: where what follows fails in the same transaction, the token stays good.
    """
    mine = (confirmations.c.token == token) & (confirmations.c.reader == reader)
    row = (await connection.execute(select(confirmations).where(mine, confirmations.c.expires > now))).one_or_none()
    if row is None:
        return None
    await connection.execute(delete(confirmations).where(mine))
    return Pending(row.action, row.payload)


async def forget_reader(connection: AsyncConnection, reader: int) -> None:
    """Erase what waits for the reader's confirmation. Does not commit."""
    await connection.execute(delete(confirmations).where(confirmations.c.reader == reader))


async def purge(connection: AsyncConnection, now: datetime) -> int:
    """Erase what has expired; returns how many. Does not commit."""
    return (await connection.execute(delete(confirmations).where(confirmations.c.expires <= now))).rowcount
