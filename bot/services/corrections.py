"""Corrections as readers see them: what was wrong, what is right, why, and how many it has reached."""

from dataclasses import dataclass

from bot.domain.record import Record
from bot.domain.revision import Revision, RevisionRef
from bot.storage import broadcasts, corrections, records, tally
from bot.storage.broadcasts import Broadcast, BroadcastKind
from bot.storage.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Correction:
    """A record that was wrong: its last wrong revision, and the one that puts it right."""

    old: Revision[Record]
    new: Revision[Record]


@dataclass(frozen=True, slots=True)
class Reached:
    """How many readers were told of a correction, and how many messages of it wait, or could not arrive."""

    arrived: int
    waiting: int
    unreachable: int


@dataclass(frozen=True, slots=True)
class Corrections:
    """What has been corrected."""

    database: Database

    async def of(self, publication: int) -> tuple[Correction, ...]:
        """Return what the publication put right."""
        async with self.database.read() as connection:
            return await _of(connection, publication)

    async def newest(self, most: int, skip: int) -> tuple[tuple[Broadcast, Reached], ...]:
        """Return the newest corrections after the first `skip`, with how many each has reached."""
        async with self.database.read() as connection:
            found = await broadcasts.newest_of(connection, BroadcastKind.CORRECTION, most, skip)
            return tuple([(item, Reached(*await tally.reached(connection, item.id))) for item in found])

    async def count(self) -> int:
        """Return how many there are."""
        async with self.database.read() as connection:
            return await broadcasts.count_of(connection, BroadcastKind.CORRECTION)

    async def told(self, refs: tuple[RevisionRef, ...]) -> tuple[Revision[Record], ...]:
        """Return these revisions."""
        async with self.database.read() as connection:
            return await records.read(connection, refs)


async def _of(connection: Connection, publication: int) -> tuple[Correction, ...]:
    corrected = await corrections.of_publication(connection, publication)
    refs = [ref for item in corrected for ref in (item.ref, RevisionRef(item.ref.record, item.ref.number - 1))]
    found = {revision.ref: revision for revision in await records.read(connection, refs)}
    return tuple(
        Correction(found[RevisionRef(item.ref.record, item.ref.number - 1)], found[item.ref]) for item in corrected
    )
