"""The ledger's use: note what a message is about to tell before it is sent, and which message it became."""

import logging
from dataclasses import dataclass
from typing import Final

from bot.errors import StorageError
from bot.storage import ledger
from bot.storage.database import Database
from bot.storage.ledger import Confirmed, Telling, Told

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Writes through the journal: all chats that are answered at one instant share a transaction."""

    database: Database

    async def enter(self, telling: Telling) -> int | None:
        """Return the entry of what is about to be told, durable; None where the ledger cannot take it.

        A reader is answered all the same, so the failure is logged here and told to the reader, never raised.
        """
        try:
            return await self.database.journal.write(ledger.add, telling)
        except StorageError as error:
            _LOG.error("The ledger took no entry, so corrections cannot reach this message: %s", error)
            return None

    async def confirm(self, entry: int, message: int) -> None:
        """Note which message the entry became. A failure is logged: the message has been sent and stays sent."""
        try:
            await self.database.journal.write(ledger.confirm, Confirmed(entry, message))
        except StorageError as error:
            _LOG.error("Ledger entry %d could not be confirmed: %s", entry, error)

    async def told(self, chat: int, message: int | None) -> Told | None:
        """Return what that message told, or the newest one to the chat; None where the ledger knows none."""
        async with self.database.read() as connection:
            if message is not None:
                return await ledger.told_by(connection, chat, message)
            return await ledger.last_told(connection, chat)

    async def told_inline(self, inline_message: str) -> Told | None:
        """Return what that message, sent through inline mode, told; None where the ledger does not know it."""
        async with self.database.read() as connection:
            return await ledger.told_inline(connection, inline_message)
