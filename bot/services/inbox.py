"""The inbox's use: what is taken in is kept until it is handled, whatever happens to the process."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.inbox import Taken
from bot.storage.journal import Journal


class Inbox:
    """Updates taken in. Handled ones are struck out in groups."""

    def __init__(self, database: Database) -> None:
        """Keep the database."""
        self._database: Final = database
        self._handled: Final = Journal[int, None](self._empty)

    async def take(self, updates: Sequence[Taken], now: datetime) -> tuple[Taken, ...]:
        """Keep the updates, durable, and return those that were not known yet. Commits.

        Raises StorageError where they cannot be kept; then none is, and the sender must be asked for them again.
        """
        if not updates:
            return ()
        async with self._database.write() as connection:
            return await inbox.add(connection, updates, now)

    async def waiting(self) -> tuple[Taken, ...]:
        """Return what an earlier process took in and did not handle."""
        async with self._database.read() as connection:
            return await inbox.waiting(connection)

    async def strike(self, update_id: int) -> None:
        """Strike out a handled update. Commits, together with others; raises StorageError."""
        await self._handled.write(update_id)

    async def close(self) -> None:
        """Return when all that was struck out is written."""
        await self._handled.close()

    async def _empty(self, handled: Sequence[int]) -> Sequence[None]:
        async with self._database.write() as connection:
            await inbox.empty(connection, handled)
        return [None] * len(handled)
