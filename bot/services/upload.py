"""Upload: a content file that an editor sends is checked beside what is published."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.importing import Content, FileFault, assemble, check, decode, read_file
from bot.importing.files import FOLDERS, LISTS, PROBES_FILE, PROCESS_FILE
from bot.services.gatekeeping import key_of
from bot.storage.records import body_of

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
    """What publishing a file would do; nothing of it may be published while there are faults."""

    faults: tuple[FileFault, ...]
    new: tuple[Record, ...]
    changed: tuple[Record, ...]
    unchanged: tuple[Record, ...]


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
    current = {key_of(revision.record): revision.record for revision in published}
    same = [record for record in content.records if _same(record, current.get(key_of(record)))]
    return Checked(
        faults,
        tuple(record for record in content.records if key_of(record) not in current),
        tuple(record for record in content.records if key_of(record) in current and record not in same),
        tuple(same),
    )


def _same(record: Record, published: Record | None) -> bool:
    return published is not None and body_of(record) == body_of(published)
