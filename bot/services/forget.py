"""Forgetting: what is held of a reader and their private chat is counted, and erased on their word."""

from dataclasses import dataclass

from bot.services.pseudonym import Pseudonyms
from bot.storage import forgetting
from bot.storage.database import Connection, Database
from bot.storage.forgetting import Held


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What is held of a reader."""

    database: Database
    pseudonyms: Pseudonyms

    async def held(self, reader: int, chat: int) -> Held:
        """Return how much is held of the reader and the chat."""
        async with self.database.read() as connection:
            return await forgetting.held(connection, self.pseudonyms.of(reader), reader, chat)

    async def erase(self, connection: Connection, reader: int, chat: int) -> None:
        """Erase all of it. Does not commit."""
        await forgetting.erase(connection, self.pseudonyms.of(reader), reader, chat)
