"""Confirming: an action is kept as it was shown, and happens once, in one transaction with its token's end."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.storage import confirmations
from bot.storage.confirmations import Pending
from bot.storage.database import Connection, Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Confirmations:
    """What waits to be confirmed. A press that comes twice finds its token used."""

    database: Database

    async def ask(self, reader: int, pending: Pending, now: datetime) -> str:
        """Keep the action; returns the token that the button carries. Commits."""
        async with self.database.write() as connection:
            return await confirmations.add(connection, reader, pending, now)

    async def confirm(
        self, token: str, reader: int, now: datetime, act: Callable[[Connection, Pending], Awaitable[T]]
    ) -> T | None:
        """Do the action and forget its token, both or neither; returns what `act` does, None without a token.

        Commits; where `act` raises, nothing has happened and the token stays good.
        """
        async with self.database.write() as connection:
            pending = await confirmations.take(connection, token, reader, now)
            return None if pending is None else await act(connection, pending)
