"""Topics: which process each chat asks about, kept in the database and at hand in memory."""

from typing import Final

from bot.storage import chats
from bot.storage.database import Database


class Topics:
    """The chats' choices. Reading a choice needs no SQL: only chats that chose are held, by number."""

    def __init__(self, database: Database, chosen: dict[int, str]) -> None:
        """Hold the choices; use `open` to load them."""
        self._database: Final = database
        self._chosen: Final = chosen

    @classmethod
    async def open(cls, database: Database) -> "Topics":
        """Return the choices that the database holds."""
        async with database.read() as connection:
            return cls(database, await chats.all_chosen(connection))

    def chosen(self, chat: int) -> str | None:
        """Return the slug of the process that the chat chose, None where it chose none."""
        return self._chosen.get(chat)

    async def choose(self, chat: int, process: str) -> None:
        """Keep the chat's choice. Commits."""
        async with self._database.write() as connection:
            await chats.choose_process(connection, chat, process)
        self._chosen[chat] = process

    def move(self, old: int, new: int) -> None:
        """Follow a chat to its new number."""
        if old in self._chosen:
            self._chosen.setdefault(new, self._chosen.pop(old))

    def forget(self, chat: int) -> None:
        """Hold the chat's choice no longer; what the database has of it is erased with the rest."""
        self._chosen.pop(chat, None)
