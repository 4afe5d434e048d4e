"""Export: what is published becomes content files, all of them or none, that import would read as the same records."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.record import Record
from bot.domain.revision import Change
from bot.errors import FileRefused, NoContent
from bot.importing import Content, assemble, check, decode, read_file
from bot.importing.files import PROBES_FILE
from bot.importing.writing import files
from bot.services.folders import README, put, refuse_folder
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import body_of


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, how many of the folder's own files were kept, and where the folder it replaced now is.

    `faults` counts what `parley check` would report: records that lean on what is no longer published.
    """

    records: int
    files: int
    kept: int
    replaced: Path | None
    faults: int


async def export_content(database: Database, folder: Path, *, force: bool = False, now: datetime) -> Exported:
    """Write what is published into `folder`, which must be empty or not there; returns what that was.

    With `force` a folder of content is replaced and kept beside under a name dated `now`; what no record can hold, its
    probes and README.md, comes along. Retracted records are not written. Raises NoContent where nothing is published,
    FileRefused where the folder cannot be written or holds anything else.
    """
    async with database.read() as connection:
        revisions = await records.current(connection)
    published = [revision.record for revision in revisions if revision.change is not Change.RETRACTION]
    if not published:
        raise NoContent(f"nothing is published in {database.name}: there is nothing to export")
    return await asyncio.to_thread(_export, published, folder, force=force, now=now)


def _export(published: Sequence[Record], folder: Path, *, force: bool, now: datetime) -> Exported:
    written = files(published)
    faults = _verified(published, written)
    target = folder.resolve()
    try:
        refuse_folder(target, folder, force=force)
        with_others = {**_others(target, written), **written}
        replaced = put(with_others, target, now)
    except OSError as error:
        raise FileRefused(f"{folder} cannot be written: {error.strerror or error}.") from error
    return Exported(len(published), len(written), len(with_others) - len(written), replaced, faults)


def _verified(published: Sequence[Record], written: Mapping[str, bytes]) -> int:
    """Read back what is about to be written; returns how many faults `check` would find in it."""
    content = _read_back(written)
    found = {(record.kind, str(record.slug)): body_of(record) for record in content.records}
    for record in published:
        if found.get((record.kind, str(record.slug))) != body_of(record):
            reason = f": {content.faults[0]}" if content.faults else ""
            raise FileRefused(f"The {record.kind} {record.slug} cannot be written so that it reads back{reason}.")
    return len(check(content))


def _read_back(written: Mapping[str, bytes]) -> Content:
    reads = []
    for path, data in written.items():
        text = decode(path, data)
        if not isinstance(text, str):
            raise FileRefused(f"The file {path} could not be imported again: {text.problem}.")
        process, _, name = path.partition("/")
        reads.append(read_file(name, text, process))
    return assemble(reads)


def _others(target: Path, written: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a folder to be replaced that no record can hold, by path."""
    processes = sorted({path.partition("/")[0] for path in written})
    names = (README, *(f"{process}/{name}" for process in processes for name in (README, PROBES_FILE)))
    return {name: (target / name).read_bytes() for name in names if (target / name).is_file()}
