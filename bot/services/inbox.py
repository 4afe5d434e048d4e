"""The inbox's use: what is taken in is kept until it is handled, whatever happens to the process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.inbox import Batch, Taken


@dataclass(frozen=True, slots=True)
class Inbox:
    """Updates taken in, and struck out when handled, each with whatever else is written at that instant."""

    database: Database

    async def take(self, updates: Sequence[Taken], now: datetime) -> tuple[Taken, ...]:
        """Keep the updates, durable, and return those that were not known yet. Commits.

        Raises StorageError where they cannot be kept; then none is, and the sender must be asked for them again.
        """
        return await self.database.journal.write(inbox.add, Batch(updates, now)) if updates else ()

    async def waiting(self) -> tuple[Taken, ...]:
        """Return what an earlier process took in and did not handle."""
        async with self.database.read() as connection:
            return await inbox.waiting(connection)

    async def strike(self, update_id: int) -> None:
        """Strike out a handled update. Commits; raises StorageError."""
        await self.database.journal.write(inbox.empty, update_id)
