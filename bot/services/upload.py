"""Upload: content files that an editor sends are checked beside what is published."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.importing import Content, FileFault, assemble, check, decode, read_file
from bot.importing.archive import ENDING, unpacked
from bot.importing.entry import FileRead
from bot.importing.files import FOLDERS, LISTS, PROBES_FILE, PROCESS_FILE, unread_file
from bot.services.gatekeeping import key_of
from bot.storage.records import body_of

_ENDINGS: Final = {".yml": ".yaml", ".markdown": ".md"}  # as some editors and phones name them


@dataclass(frozen=True, slots=True)
class Checked:
    """What publishing files would do; nothing of it may be published while there are faults."""

    faults: tuple[FileFault, ...]
    new: tuple[Record, ...]
    changed: tuple[Record, ...]
    unchanged: tuple[Record, ...]


def is_archive(name: str) -> bool:
    """Return whether a file of that name is several, zipped."""
    return PurePosixPath(name).suffix.lower() == ENDING


def place_in_folder(name: str) -> str:
    """Return where a file of that bare name stands in a process's folder: `pause.yaml` among the agreements."""
    path = PurePosixPath(PurePosixPath(name).name)
    name = path.stem + _ENDINGS.get(path.suffix.lower(), path.suffix.lower())
    if name in {PROCESS_FILE, PROBES_FILE, *LISTS}:
        return name
    folders = [folder for folder, (_, ending) in FOLDERS.items() if name.endswith(ending)]
    return f"{folders[0]}/{name}" if folders else name


async def read_upload(name: str, data: bytes, process: str) -> Content:
    """Return what a content file of the process holds, or a zip of files; what is wrong stands in its faults.

    Off the event loop: a zip of a process is much work.
    """
    return await asyncio.to_thread(_read, name, data, process)


async def check_upload(content: Content, published: Sequence[Revision[Record]]) -> Checked:
    """Return what publishing the content beside the `published` records would do. Off the event loop: much work."""
    return await asyncio.to_thread(_check, content, published)


def _read(name: str, data: bytes, process: str) -> Content:
    if not is_archive(name):
        return assemble([_file(process, place_in_folder(name), data)])
    found = unpacked(name, data)
    if isinstance(found, FileFault):
        return Content(faults=(found,))
    return assemble(_file(where, place, content) for (where, place), content in sorted(found.items()))


def _file(process: str, place: str, data: bytes) -> FileRead:
    text = decode(f"{process}/{place}", data)
    return read_file(place, text, process) if isinstance(text, str) else unread_file(place, process, text)


def _check(content: Content, published: Sequence[Revision[Record]]) -> Checked:
    records = [revision.record for revision in published]
    # What is wrong already is not these files' doing; what they would break elsewhere is, though no line says so.
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
