"""Progress: how what goes out to many is getting on, and pausing or stopping it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.rendering.pages.desk import OnItsWay
from bot.storage import broadcasts, tally
from bot.storage.broadcasts import Broadcast
from bot.storage.database import Connection, Database
from bot.storage.outbox import Course, State

_LATELY: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Progress:
    """How a broadcast is getting on: its messages by what became of them, and how many a second were sent lately.

    `filled` is False while messages are still being written down, so that more wait than are counted.
    """

    broadcast: Broadcast
    sent: int
    waiting: int
    blocked: int
    failed: int
    rate: float
    filled: bool

    def shown(self, now: datetime) -> OnItsWay:
        """Return it as pages show it."""
        known = self.filled and self.broadcast.course is Course.GOING and self.rate
        return OnItsWay(
            self.broadcast.id,
            self.broadcast.kind.value,
            self.broadcast.course.value,
            self.sent,
            self.waiting,
            self.blocked,
            self.failed,
            self.rate,
            self.filled,
            now + timedelta(seconds=self.waiting / self.rate) if known else None,
        )


@dataclass(frozen=True, slots=True)
class Progresses:
    """What is under way."""

    database: Database

    async def all(self, now: datetime) -> tuple[Progress, ...]:
        """Return how everything that is going or paused is getting on, the oldest first."""
        async with self.database.read() as connection:
            under_way = await broadcasts.under_way(connection)
            return tuple([await _progress(connection, item, now) for item in under_way])

    async def of(self, number: int, now: datetime) -> Progress | None:
        """Return how one is getting on, or ended; None where there is no such broadcast."""
        async with self.database.read() as connection:
            found = await broadcasts.read(connection, number)
            return await _progress(connection, found, now) if found else None

    async def watched(self) -> Sequence[Broadcast]:
        """Return what is under way, and what has ended with its message to the desk not yet saying so."""
        async with self.database.read() as connection:
            return await broadcasts.watched(connection)

    async def steer(self, number: int, course: Course) -> bool:
        """Pause it, stop it or let it go on; returns False where it has ended. Commits."""
        async with self.database.write() as connection:
            return await broadcasts.steer(connection, number, course)

    async def show_in(self, number: int, chat: int | None, message: int | None) -> None:
        """Note in which message the desk sees it; None once that says how it ended. Commits."""
        async with self.database.write() as connection:
            await broadcasts.show_in(connection, number, chat, message)


async def _progress(connection: Connection, item: Broadcast, now: datetime) -> Progress:
    counts = await tally.counts(connection, item.id)
    lately = await tally.sent_since(connection, item.id, item.kind.rank, now - _LATELY)
    return Progress(
        item,
        counts[State.SENT],
        counts[State.OWED] + counts[State.SENDING],
        counts[State.GIVEN_UP],
        counts[State.FAILED],
        lately / _LATELY.total_seconds(),
        item.filled,
    )
