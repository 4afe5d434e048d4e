"""The audit, as it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.storage import audit
from bot.storage.audit import Noted
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Audit:
    """Who did what on the desk."""

    database: Database

    async def page(self, number: int, size: int) -> tuple[int, Sequence[Noted]]:
        """Return how many notes there are, and those of a page, the newest first; pages count from 1."""
        async with self.database.read() as connection:
            return await audit.page(connection, number, size)
