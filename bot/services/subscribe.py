"""Subscribing: a chat follows a process, an agreement, a party or everything, or no longer does."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.base import Kind
from bot.domain.following import Mode
from bot.storage import broadcasts, followers, subscriptions
from bot.storage.database import Connection, Database
from bot.storage.subscriptions import Target


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The chats' subscriptions. Each change is durable before it is confirmed to the reader."""

    database: Database

    async def start(self, chat: int, process: str, locale: str, now: datetime) -> bool:
        """Subscribe the chat to the process; returns False where it was already. Commits."""
        async with self.database.write() as connection:
            target = await subscriptions.target_named(connection, Kind.PROCESS, process)
            return await _add(connection, chat, target, locale, now)

    async def end(self, chat: int, process: str) -> bool:
        """End the chat's subscription; returns False where it had none. Commits."""
        async with self.database.write() as connection:
            target = await subscriptions.target_named(connection, Kind.PROCESS, process)
            return await subscriptions.remove(connection, chat, target)

    async def of(self, chat: int) -> tuple[str, ...]:
        """Return the slugs of the processes that the chat follows."""
        async with self.database.read() as connection:
            return tuple(item.target.slug for item in await subscriptions.of_chat(connection, chat) if item.target)

    async def count(self, process: str) -> int:
        """Return how many chats a bulletin on the process would reach."""
        async with self.database.read() as connection:
            return await subscriptions.count(connection, process)


async def _add(connection: Connection, chat: int, target: Target | None, locale: str, now: datetime) -> bool:
    if await followers.read(connection, chat) is None:
        await followers.add(connection, chat, locale)
    newest = await broadcasts.newest(connection)
    return await subscriptions.add(connection, chat, target, Mode.AT_ONCE, after=newest, now=now)
