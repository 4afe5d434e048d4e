"""Subscribing: a chat follows a process, or no longer does."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage import subscriptions
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The chats' subscriptions. Each change is durable before it is confirmed to the reader."""

    database: Database

    async def start(self, chat: int, process: str, locale: str, now: datetime) -> bool:
        """Subscribe the chat to the process; returns False where it was already. Commits."""
        async with self.database.write() as connection:
            return await subscriptions.add(connection, chat, process, locale, now)

    async def end(self, chat: int, process: str) -> bool:
        """End the chat's subscription; returns False where it had none. Commits."""
        async with self.database.write() as connection:
            return await subscriptions.remove(connection, chat, process)

    async def of(self, chat: int) -> tuple[str, ...]:
        """Return the slugs of the processes that the chat follows."""
        async with self.database.read() as connection:
            return await subscriptions.of_chat(connection, chat)

    async def count(self, process: str) -> int:
        """Return how many chats a bulletin on the process would reach."""
        async with self.database.read() as connection:
            return await subscriptions.count(connection, process)
