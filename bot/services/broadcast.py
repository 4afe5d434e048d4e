"""Broadcasts: the desk's bulletins, and what a broadcast says."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage import outbox
from bot.storage.database import Connection, Database
from bot.storage.outbox import Broadcast, BroadcastKind


@dataclass(frozen=True, slots=True)
class Broadcasts:
    """What goes out to all subscribers of a process."""

    database: Database

    async def read(self, number: int) -> Broadcast | None:
        """Return the broadcast of that number, None where there is none."""
        async with self.database.read() as connection:
            return await outbox.broadcast(connection, number)


async def write_bulletin(connection: Connection, process: str, text: str, *, author: str, now: datetime) -> int:
    """Owe the bulletin to all who subscribe to the process by now; returns its number. Does not commit."""
    return await outbox.add_broadcast(connection, BroadcastKind.BULLETIN, process, text, author=author, now=now)
