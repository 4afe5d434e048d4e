"""Import: content files become revisions, all of them or none; what the desk has edited is never overwritten."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.domain.gate import GateWarning, Key, note_over
from bot.domain.record import Record
from bot.domain.revision import Change, Revision
from bot.errors import ChangeNeeded, ContentRefused
from bot.importing import Content, FileFault, check, read_content
from bot.services.check_content import located, warnings_in
from bot.services.publish import write_publication
from bot.storage import audit, records
from bot.storage.database import Database
from bot.storage.records import NewRevision, body_of

AUTHOR: Final = "import"
_OVER: Final = "Mend what is warned of, or add --over-warnings: the note will say so."


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by kind and slug; `left` are records that the files do not change or do not name."""

    added: tuple[Key, ...]
    changed: tuple[Key, ...]
    left: int


async def import_content(
    database: Database,
    folder: Path,
    *,
    change: Change | None = None,
    note: str = "",
    over_warnings: bool = False,
    now: datetime,
) -> Imported:
    """Publish what the files in `folder` say and the database does not; returns what that was. Commits.

    Raises NoContent where the folder holds none, ContentRefused with every fault, or with every warning unless it is
    to be published over them, and ChangeNeeded where published records would change and `change` and `note` do not say
    how, or where the desk's own edits would be overwritten.
    """
    content = read_content(folder)
    warnings = await _warnings(database, content)
    # One transaction from reading what is published to writing: nobody can publish in between.
    async with database.write() as connection:
        stored = {_key(revision.record): revision for revision in await records.current(connection)}
        added = [record for record in content.records if _key(record) not in stored]
        changed = [record for record in content.records if _differs(record, stored.get(_key(record)))]
        if faults := _faults(content, stored.values(), changed if change is Change.RETRACTION else ()):
            raise ContentRefused(tuple(map(str, faults)))
        if warnings and not over_warnings:
            raise ContentRefused((*map(str, located(content, warnings)), _OVER))
        _refuse_to_overwrite(stored[_key(record)] for record in changed)
        if changed and (change is None or not note.strip()):
            raise ChangeNeeded(_change_needed(changed))
        note = note_over(note, warnings)
        new = [NewRevision(record, Change.UPDATE, note) for record in added]
        new += [NewRevision(record, change or Change.UPDATE, note) for record in changed]
        if new:
            await write_publication(connection, new, author=AUTHOR, note=note, now=now)
            what = f"{len(added)} new and {len(changed)} changed records: {note}".rstrip(": ")
            await audit.note(connection, now, AUTHOR, "published", what)
    left = len({*stored, *map(_key, content.records)}) - len(new)
    return Imported(tuple(map(_key, added)), tuple(map(_key, changed)), left)


async def _warnings(database: Database, content: Content) -> tuple[GateWarning, ...]:
    """Return the gate's warnings; none where nothing is published, whose readers nothing could mislead.

    Before the transaction: making an index takes long, and others want to write meanwhile.
    """
    async with database.read() as connection:
        published = [rev.record for rev in await records.current(connection) if rev.change is not Change.RETRACTION]
    return await asyncio.to_thread(warnings_in, content, published) if published else ()


def _faults(
    content: Content, stored: Collection[Revision[Record]], retracted: Iterable[Record]
) -> tuple[FileFault, ...]:
    """Return every fault of what would be published: what is withdrawn, now or before, is there for nobody to cite."""
    gone = {_key(rev.record): rev for rev in stored if rev.change is Change.RETRACTION}
    still_gone = {_key(record) for record in content.records if not _differs(record, gone.get(_key(record)))}
    leaving = {_key(record) for record in retracted} | (gone.keys() & still_gone)
    kept = tuple(record for record in content.records if _key(record) not in leaving)
    standing = [rev.record for rev in stored if _key(rev.record) not in gone.keys() | leaving]
    return check(replace(content, records=kept), standing)


def _key(record: Record) -> Key:
    return record.kind, str(record.slug)


def _differs(record: Record, published: Revision[Record] | None) -> bool:
    return published is not None and body_of(record) != body_of(published.record)


def _refuse_to_overwrite(published: Iterable[Revision[Record]]) -> None:
    edited = [revision for revision in published if revision.author != AUTHOR]
    if edited:
        names = ", ".join(f"{revision.record.kind} {revision.record.slug}" for revision in edited)
        raise ChangeNeeded(
            f"The desk has edited what these files would overwrite ({names}). Export the records and merge the edits "
            "into the files first; then import again."
        )


def _change_needed(changed: Sequence[Record]) -> str:
    names = ", ".join(f"{record.kind} {record.slug}" for record in changed)
    return (
        f"This would change what is published ({names}). Say which kind of change it is, and why: "
        "--change minor|update|correction|retraction --note '…'"
    )
