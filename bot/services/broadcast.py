"""Broadcasts: the desk's bulletins, and what a broadcast says."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.base import Kind
from bot.storage import broadcasts, records
from bot.storage.broadcasts import Audience, Broadcast, BroadcastKind
from bot.storage.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Broadcasts:
    """What goes out to many."""

    database: Database

    async def read(self, number: int) -> Broadcast | None:
        """Return the broadcast of that number, None where there is none."""
        async with self.database.read() as connection:
            return await broadcasts.read(connection, number)

    async def concerning(
        self, after: int, upto: int, targets: Sequence[int], *, everything: bool
    ) -> tuple[Broadcast, ...]:
        """Return the broadcasts after one number and up to another that followers of these records hear of."""
        async with self.database.read() as connection:
            return await broadcasts.concerning(connection, after, upto, targets, everything=everything)

    async def audience(self, number: int) -> frozenset[int | None]:
        """Return the records whose followers the broadcast reaches, None for whoever follows everything."""
        async with self.database.read() as connection:
            return await broadcasts.followed(connection, number)

    async def touching(self, found: Broadcast, targets: Collection[int]) -> frozenset[int]:
        """Return which of the broadcast's records are one of these, or name one of them."""
        async with self.database.read() as connection:
            return await records.touching(connection, found.refs, targets)


async def write_bulletin(connection: Connection, process: str, text: str, *, author: str, now: datetime) -> int:
    """Owe the bulletin to all who follow the process by now; returns its number. Does not commit."""
    key = (Kind.PROCESS, process)
    reached = (Audience(), Audience((await records.ids(connection, [key]))[key]))
    return await broadcasts.add(connection, BroadcastKind.BULLETIN, process, text, reached, author=author, now=now)
