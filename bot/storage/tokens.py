"""Tokens: command lines too long for a button, kept here and named by a short random word."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import tokens

LIFETIME: Final = timedelta(days=30)
_BYTES: Final = 16


async def add(connection: AsyncConnection, line: str, reader: int | None, now: datetime) -> str:
    """Keep `line` for `reader` (None: for any) and return the token that stands for it. Does not commit."""
    token = secrets.token_urlsafe(_BYTES)
    await connection.execute(insert(tokens).values(token=token, line=line, reader=reader, expires=now + LIFETIME))
    return token


async def line_of(connection: AsyncConnection, token: str, reader: int, now: datetime) -> str | None:
    """Return the line that the token stands for; None where it is unknown, expired or another reader's."""
    return await connection.scalar(
        select(tokens.c.line).where(
            tokens.c.token == token,
            tokens.c.expires > now,
            or_(tokens.c.reader.is_(None), tokens.c.reader == reader),
        )
    )


async def purge(connection: AsyncConnection, now: datetime) -> int:
    """Erase what has expired; returns how many. Does not commit."""
    return (await connection.execute(delete(tokens).where(tokens.c.expires <= now))).rowcount
