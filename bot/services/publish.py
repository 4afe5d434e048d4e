"""Publish: write revisions and bump the publication number in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.revision import RevisionRef
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import NewRevision


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: its number, and the revisions in the order they were given."""

    number: int
    refs: tuple[RevisionRef, ...]


async def publish(
    database: Database, revisions: Sequence[NewRevision], *, author: str, note: str, now: datetime
) -> Publication:
    """Publish all of `revisions` or none; returns what was written. Commits.

    Whoever calls has been through the gate: this checks only what the database checks. Every process sees the new
    number within a second, this one when its caller refreshes the catalogue.
    """
    async with database.write() as connection:
        number, refs = await records.add(connection, revisions, author=author, note=note, now=now)
    return Publication(number, refs)
