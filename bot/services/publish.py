"""Publish: write revisions, what is owed to subscribers, and the publication number, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.process import Process
from bot.domain.record import Filed, Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.storage import outbox, records, subscriptions
from bot.storage.database import Connection, Database
from bot.storage.outbox import BroadcastKind
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
        return await write_publication(connection, revisions, author=author, note=note, now=now)


async def write_publication(
    connection: Connection, revisions: Sequence[NewRevision], *, author: str, note: str, now: datetime
) -> Publication:
    """Write the publication and what it owes, for callers with a transaction of their own. Does not commit."""
    number, refs = await records.add(connection, revisions, author=author, note=note, now=now)
    told: dict[str, list[str]] = {}
    for revision, ref in zip(revisions, refs, strict=True):
        process = _process_of(revision.record)
        if revision.change is Change.UPDATE and process:
            told.setdefault(process, []).append(str(ref))
    for process, named in told.items():
        if await subscriptions.count(connection, process):
            body = " ".join(named)
            await outbox.add_broadcast(connection, BroadcastKind.UPDATE, process, body, author=author, now=now)
    return Publication(number, refs)


async def published_now(connection: Connection) -> tuple[Revision[Record], ...]:
    """Return what is published as the transaction sees it, which a snapshot may lag behind; retracted ones not."""
    newest = await records.current(connection)
    return tuple(revision for revision in newest if revision.change is not Change.RETRACTION)


def _process_of(record: Record) -> str:
    """Return the process whose subscribers hear of the record; "" for one that belongs to none."""
    if isinstance(record, Process):
        return str(record.slug)
    return str(record.process) if isinstance(record, Filed) else ""
