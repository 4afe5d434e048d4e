"""Upload: one content file that an owner sends is checked beside what is published, and published when confirmed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from bot.domain.gate import Key
from bot.domain.record import Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.importing import Content, FileFault, assemble, check, decode, read_file
from bot.importing.files import FOLDERS, LISTS, PROBES_FILE, PROCESS_FILE
from bot.services.publish import Publication, published_now, write_publication
from bot.storage.database import Connection
from bot.storage.records import NewRevision, body_of

_ENDINGS: Final = {".yml": ".yaml", ".markdown": ".md"}  # as some editors and phones name them


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its name, what stands in it, the process it belongs to, and why it changes anything."""

    name: str
    text: str
    process: str
    note: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What publishing a file would do; nothing of it may be published while there are faults.

    `base` holds the revision that each record of the file would replace, None where it is new.
    """

    faults: tuple[FileFault, ...]
    new: tuple[Record, ...]
    changed: tuple[Record, ...]
    unchanged: tuple[Record, ...]
    base: Mapping[Key, RevisionRef | None]


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody has published a change to the record since the file was checked."""

    record: Record


def place_in_folder(name: str) -> str:
    """Return where a file of that bare name stands in a process's folder: `pause.yaml` among the agreements."""
    path = PurePosixPath(PurePosixPath(name).name)
    name = path.stem + _ENDINGS.get(path.suffix.lower(), path.suffix.lower())
    if name in {PROCESS_FILE, PROBES_FILE, *LISTS}:
        return name
    folders = [folder for folder, (_, ending) in FOLDERS.items() if name.endswith(ending)]
    return f"{folders[0]}/{name}" if folders else name


def read_upload(name: str, data: bytes, process: str, note: str) -> Upload | FileFault:
    """Return the file's text with its place, or the fault that keeps it from being read."""
    place = place_in_folder(name)
    text = decode(f"{process}/{place}", data)
    return Upload(place, text, process, note) if isinstance(text, str) else text


async def check_upload(upload: Upload, published: Sequence[Revision[Record]]) -> Checked:
    """Return what publishing the file beside the `published` records would do. Off the event loop: it is much work."""
    return await asyncio.to_thread(_check, upload, published)


def _check(upload: Upload, published: Sequence[Revision[Record]]) -> Checked:
    content = assemble([read_file(upload.name, upload.text, upload.process)])
    records = [revision.record for revision in published]
    # What is wrong already is not this file's doing; what it would break elsewhere is, though no line of it says so.
    faults = check(content, records)
    if faults:
        known = set(check(Content(), records))
        faults = tuple(fault for fault in faults if fault not in known)
    current = {_key(revision.record): revision for revision in published}
    base = {_key(record): current[_key(record)].ref if _key(record) in current else None for record in content.records}
    same = [record for record in content.records if _same(record, current)]
    return Checked(
        faults,
        tuple(record for record in content.records if base[_key(record)] is None),
        tuple(record for record in content.records if base[_key(record)] and record not in same),
        tuple(same),
        base,
    )


async def publish_upload(
    connection: Connection,
    upload: Upload,
    base: Mapping[Key, RevisionRef | None],
    change: Change,
    *,
    author: str,
    now: datetime,
) -> Publication | Overtaken | Checked:
    """Publish the file, checked once more beside what is published by now; else return what keeps it from that.

    That is a record which is no longer the one that whoever confirms was shown, or the check. Does not commit.
    """
    published = await published_now(connection)
    checked = await check_upload(upload, published)
    for record in (*checked.new, *checked.changed):
        if checked.base[_key(record)] != base.get(_key(record)):
            return Overtaken(record)
    if checked.faults or not (checked.new or checked.changed):
        return checked
    revisions = [NewRevision(record, Change.UPDATE, upload.note) for record in checked.new]
    revisions += [NewRevision(record, change, upload.note) for record in checked.changed]
    return await write_publication(connection, revisions, author=author, note=upload.note, now=now)


def _key(record: Record) -> Key:
    return record.kind, str(record.slug)


def _same(record: Record, current: Mapping[Key, Revision[Record]]) -> bool:
    published = current.get(_key(record))
    return published is not None and body_of(record) == body_of(published.record)
