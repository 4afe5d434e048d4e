"""Publish: write revisions, what is owed to subscribers, and the publication number, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.following import Mode
from bot.domain.record import Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.services.audience import corrected_by, followers_of, process_of, told
from bot.storage import broadcasts, corrections, reach, records
from bot.storage.broadcasts import BroadcastKind
from bot.storage.database import Connection, Database
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
    news: dict[str, list[tuple[RevisionRef, Record]]] = {}
    for revision, ref in zip(revisions, refs, strict=True):
        process = process_of(revision.record)
        if revision.change is Change.UPDATE and process:
            news.setdefault(process, []).append((ref, revision.record))
    for process, named in news.items():
        reached = await followers_of(connection, [record for _, record in named])
        if not await reach.following(connection, [item.record for item in reached if item.record], tuple(Mode)):
            continue
        body = " ".join(str(ref) for ref, _ in named)
        await broadcasts.add(
            connection, BroadcastKind.UPDATE, process, body, reached, author=author, now=now, publication=number
        )
    await _correct(connection, Publication(number, refs), revisions, author=author, now=now)
    return Publication(number, refs)


async def _correct(
    connection: Connection, done: Publication, revisions: Sequence[NewRevision], *, author: str, now: datetime
) -> None:
    """Owe what corrections owe: to whoever was told what was wrong, and to followers."""
    corrected = await corrected_by(connection, revisions, done.refs)
    if not corrected:
        return
    await corrections.add(connection, done.number, corrected)
    right = {item.ref for item in corrected}
    changed = [item.record for item, ref in zip(revisions, done.refs, strict=True) if ref in right]
    reached = (*told(corrected), *await followers_of(connection, changed))
    body = " ".join(str(item.ref) for item in corrected)
    process = process_of(changed[0])
    await broadcasts.add(
        connection, BroadcastKind.CORRECTION, process, body, reached, author=author, now=now, publication=done.number
    )


async def published_now(connection: Connection) -> tuple[Revision[Record], ...]:
    """Return what is published as the transaction sees it, which a snapshot may lag behind; retracted ones not."""
    newest = await records.current(connection)
    return tuple(revision for revision in newest if revision.change is not Change.RETRACTION)
