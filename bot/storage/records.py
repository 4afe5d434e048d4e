"""Records and their revisions: writing new ones, reading what is published now or was known on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Row, and_, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.base import Kind, Link
from bot.domain.kinds import MODELS, Body, read_body
from bot.domain.record import Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.errors import StorageError
from bot.storage.tables import publications, records, refs, revisions

_BODY: Final = TypeAdapter(Body)
Key = tuple[Kind, str]
_REVISIONS: Final = select(records.c.kind, revisions).join_from(revisions, records, records.c.id == revisions.c.record)


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A revision to be written: the record as it is to be, and what kind of change that is.

    A correction or retraction names the first revision `since` which the record was wrong; without one it is the
    newest that changed facts.
    """

    record: Record
    change: Change
    note: str
    since: int | None = None


async def current(connection: AsyncConnection, known_by: datetime | None = None) -> tuple[Revision[Record], ...]:
    """Return the latest revision of every record, retracted ones included, in the order the records came.

    With `known_by`, the latest that was recorded before that instant; records that came later are left out.
    Raises StorageError where a stored body cannot be read.
    """
    latest = select(revisions.c.record, func.max(revisions.c.number).label("number")).group_by(revisions.c.record)
    if known_by is not None:
        latest = latest.where(revisions.c.recorded < known_by)
    chosen = latest.subquery()
    rows = await connection.execute(
        _REVISIONS.join(
            chosen,
            and_(chosen.c.record == revisions.c.record, chosen.c.number == revisions.c.number),
        ).order_by(revisions.c.record)
    )
    return tuple(map(_revision_of, rows))


async def every(connection: AsyncConnection) -> tuple[Revision[Record], ...]:
    """Return every revision of every record, in the order the records came and were changed.

    Raises StorageError where a stored body cannot be read.
    """
    rows = await connection.execute(_REVISIONS.order_by(revisions.c.record, revisions.c.number))
    return tuple(map(_revision_of, rows))


async def history(connection: AsyncConnection, record: int) -> tuple[Revision[Record], ...]:
    """Return every revision of the record, the oldest first; raises StorageError where a body cannot be read."""
    rows = await connection.execute(_REVISIONS.where(revisions.c.record == record).order_by(revisions.c.number))
    return tuple(map(_revision_of, rows))


async def add(
    connection: AsyncConnection, new: Iterable[NewRevision], *, author: str, note: str, now: datetime
) -> tuple[int, tuple[RevisionRef, ...]]:
    """Write a publication with its revisions and their links; returns its number and the revisions, in order.

    Does not commit. Every link must lead to a record that exists or comes in the same publication.
    """
    wanted = tuple(new)
    number = await _publication(connection, author, note, now)
    ids = await _ids(connection)
    await _add_records(connection, wanted, ids)
    last = await _last_numbers(connection)
    written: list[RevisionRef] = []
    rows: list[dict[str, object]] = []
    for item in wanted:
        record = ids[_key_of(item.record)]
        last[record] = last.get(record, 0) + 1
        written.append(RevisionRef(record, last[record]))
        rows.append(
            {
                "record": record,
                "number": last[record],
                "recorded": now,
                "author": author,
                "change": item.change.value,
                "note": item.note,
                "schema": type(item.record).shape,
                "body": body_of(item.record),
                "publication": number,
            }
        )
    if rows:
        await connection.execute(insert(revisions), rows)
    links = [
        {"record": ref.record, "number": ref.number, "path": ".".join(map(str, path)), "target": ids[_key(link)]}
        for item, ref in zip(wanted, written, strict=True)
        for path, link in item.record.references()
    ]
    if links:
        await connection.execute(insert(refs), links)
    return number, tuple(written)


async def publication_number(connection: AsyncConnection) -> int:
    """Return the number of the newest publication, 0 before the first."""
    return await connection.scalar(select(func.coalesce(func.max(publications.c.number), 0))) or 0


async def ids(connection: AsyncConnection, keys: Collection[Key]) -> dict[Key, int]:
    """Return the numbers of those of the named records that there are."""
    slugs = {slug for _, slug in keys}
    rows = await connection.execute(
        select(records.c.kind, records.c.slug, records.c.id).where(records.c.slug.in_(slugs))
    )
    found = {(Kind(kind), slug): identity for kind, slug, identity in rows}
    return {key: found[key] for key in keys if key in found}


async def published_between(connection: AsyncConnection, after: int, upto: int) -> tuple[Revision[Record], ...]:
    """Return the revisions that came after one publication and up to another, the oldest first."""
    within = and_(revisions.c.publication > after, revisions.c.publication <= upto)
    rows = await connection.execute(
        select(records.c.kind, revisions)
        .join_from(revisions, records, records.c.id == revisions.c.record)
        .where(within)
        .order_by(revisions.c.publication, revisions.c.record)
    )
    return tuple(map(_revision_of, rows))


async def before(connection: AsyncConnection, publication: int, of: Collection[int]) -> dict[int, Revision[Record]]:
    """Return these records as they were after that publication, by number; without those that came later."""
    latest = (
        select(revisions.c.record, func.max(revisions.c.number))
        .where(revisions.c.record.in_(of), revisions.c.publication <= publication)
        .group_by(revisions.c.record)
    )
    refs = [RevisionRef(record, number) for record, number in await connection.execute(latest)]
    return {revision.ref.record: revision for revision in await read(connection, refs)}


async def publication_before(connection: AsyncConnection, instant: datetime) -> int:
    """Return the number of the newest publication before that instant, 0 where there is none."""
    earlier = select(func.coalesce(func.max(publications.c.number), 0)).where(publications.c.recorded < instant)
    return await connection.scalar(earlier) or 0


async def touching(
    connection: AsyncConnection, named: Collection[RevisionRef], targets: Collection[int]
) -> frozenset[int]:
    """Return the records of those revisions that are one of the targets, or link to one."""
    linked = await connection.execute(
        select(refs.c.record).where(
            tuple_(refs.c.record, refs.c.number).in_([(ref.record, ref.number) for ref in named]),
            refs.c.target.in_(targets),
        )
    )
    return frozenset({*linked.scalars(), *({ref.record for ref in named} & set(targets))})


async def last_number(connection: AsyncConnection, record: int) -> int:
    """Return the number of the record's newest revision, 0 where it has none."""
    newest = select(func.max(revisions.c.number)).where(revisions.c.record == record)
    return await connection.scalar(newest) or 0


async def read(connection: AsyncConnection, refs: Collection[RevisionRef]) -> tuple[Revision[Record], ...]:
    """Return those of these revisions that there are; raises StorageError where a stored body cannot be read."""
    wanted = tuple_(revisions.c.record, revisions.c.number).in_([(ref.record, ref.number) for ref in refs])
    rows = await connection.execute(
        select(records.c.kind, revisions)
        .join_from(revisions, records, records.c.id == revisions.c.record)
        .where(wanted)
        .order_by(revisions.c.record, revisions.c.number)
    )
    return tuple(map(_revision_of, rows))


def body_of(record: Record) -> str:
    """Return the record's body as it is stored: JSON without what is left at its default."""
    return record.model_dump_json(exclude_defaults=True)


async def _publication(connection: AsyncConnection, author: str, note: str, now: datetime) -> int:
    statement = insert(publications).values(recorded=now, author=author, note=note).returning(publications.c.number)
    number: int = (await connection.execute(statement)).scalar_one()
    return number


async def _ids(connection: AsyncConnection) -> dict[Key, int]:
    rows = await connection.execute(select(records.c.kind, records.c.slug, records.c.id))
    return {(Kind(kind), slug): identity for kind, slug, identity in rows}


async def _add_records(connection: AsyncConnection, wanted: Iterable[NewRevision], ids: dict[Key, int]) -> None:
    """Make the records that are not there yet, in order, and note their numbers in `ids`."""
    new = dict.fromkeys(key for item in wanted if (key := _key_of(item.record)) not in ids)
    if new:
        await connection.execute(insert(records), [{"kind": kind.value, "slug": slug} for kind, slug in new])
        ids.update(await _ids(connection))


async def _last_numbers(connection: AsyncConnection) -> dict[int, int]:
    rows = await connection.execute(
        select(revisions.c.record, func.max(revisions.c.number)).group_by(revisions.c.record)
    )
    return {row[0]: row[1] for row in rows}


def _key_of(record: Record) -> Key:
    return record.kind, str(record.slug)


def _revision_of(row: Row[Any]) -> Revision[Record]:
    return Revision(
        RevisionRef(row.record, row.number),
        row.recorded,
        row.author,
        Change(row.change),
        row.note,
        _read(Kind(row.kind), row.schema, row.body),
    )


def _key(link: Link) -> Key:
    return link.kind, str(link)


def _read(kind: Kind, shape: int, body: str) -> Record:
    try:
        model = MODELS[kind]
        # A body of today's shape is read in one go: two thousand agreements keep nobody waiting at start.
        return (
            model.model_validate_json(body)
            if shape == model.shape
            else read_body(kind, shape, _BODY.validate_json(body))
        )
    except (KeyError, ValidationError) as error:
        raise StorageError(
            f"A stored {kind} (schema {shape}) cannot be read by this Parley: upgrade it, or restore a backup."
        ) from error
