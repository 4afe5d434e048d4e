"""Delivery: what is owed is claimed, sent by a channel, and settled only when Telegram has confirmed it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.storage import outbox, subscriptions
from bot.storage.database import Database
from bot.storage.outbox import Owed, State

LEASE: Final = timedelta(minutes=5)  # longer than the slowest sending; a killed worker's messages wait so long
_FILL: Final = 1000  # owed messages made in one transaction, so that a large audience keeps nobody waiting
_TRIES: Final = 5
_AGAIN: Final = timedelta(minutes=1)  # times the tries so far


@dataclass(frozen=True, slots=True)
class Delivery:
    """The outbox as a worker uses it. At-least-once: a message sent but not settled when its lease ends goes again.

    `gone` holds the chats that cannot be reached, so that a message from any other costs no look at the database.
    """

    database: Database
    gone: set[int]

    @classmethod
    async def open(cls, database: Database) -> "Delivery":
        """Return the delivery with the chats that are known to be gone."""
        async with database.read() as connection:
            return cls(database, await subscriptions.all_gone(connection))

    async def waiting(self, now: datetime) -> bool:
        """Return whether there is anything to fill or to claim."""
        async with self.database.read() as connection:
            return await outbox.waiting(connection, now)

    async def fill(self) -> bool:
        """Make a thousand owed messages of a broadcast that lacks some; returns whether any lacked. Commits."""
        async with self.database.write() as connection:
            return await outbox.fill(connection, _FILL) > 0

    async def claim(self, most: int, now: datetime) -> tuple[Owed, ...]:
        """Take messages to send, for the length of a lease. Commits."""
        async with self.database.write() as connection:
            return await outbox.claim(connection, most, now, now + LEASE)

    async def sent(self, owed: Owed, message: int | None) -> None:
        """Note that Telegram has confirmed the message. Commits."""
        async with self.database.write() as connection:
            await outbox.settle(connection, owed.id, State.SENT, message=message)

    async def failed(self, owed: Owed, reason: str, now: datetime) -> None:
        """Note that it failed: it is tried again later, a few times, then called failed. Commits."""
        state = State.OWED if owed.tries < _TRIES else State.FAILED
        due = now + _AGAIN * owed.tries if state is State.OWED else None
        async with self.database.write() as connection:
            await outbox.settle(connection, owed.id, state, reason=reason, due=due)

    async def unreachable(self, chat: int, reason: str, now: datetime) -> None:
        """Note that the chat cannot be reached and give up what is owed to it. Commits."""
        async with self.database.write() as connection:
            await subscriptions.mark_gone(connection, chat, reason, now)
            await outbox.drop_chat(connection, chat, reason)
        self.gone.add(chat)

    async def back(self, chat: int) -> None:
        """Note that the chat can be reached again, where it could not. Commits."""
        if chat not in self.gone:
            return
        async with self.database.write() as connection:
            await subscriptions.mark_back(connection, chat)
        self.gone.discard(chat)

    async def owed(self) -> int:
        """Return how many messages are owed: to be sent, or being sent."""
        counts = await self.counts()
        return counts[State.OWED] + counts[State.SENDING]

    async def counts(self) -> dict[State, int]:
        """Return how many messages are in each state."""
        async with self.database.read() as connection:
            return await outbox.counts(connection)
