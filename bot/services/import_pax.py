"""Importing PA-X: an export's agreements become records and revisions, all of them or none."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from bot.domain import gate
from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.record import Record
from bot.domain.revision import Change, Revision
from bot.domain.source import Source
from bot.errors import ContentRefused, FileRefused
from bot.importing.pax import SOURCE, Export, read_export, records_of
from bot.importing.pax.records import process_slug, processes_of, source_record
from bot.services.import_content import AUTHOR
from bot.services.publish import write_publication
from bot.storage import records
from bot.storage.database import Connection, Database
from bot.storage.records import NewRevision

_MOST_SHOWN: Final = 200  # faults; who has more has the wrong file
Stored = Mapping[tuple[Kind, str], Revision[Record]]
OnStep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PaxImported:
    """What became of an export's rows; `rows` is the sum of the five that follow.

    `edited` are agreements that the desk has edited or withdrawn, which an import leaves as they are; of `older` ones
    a newer coding is stored. `processes` counts those that were added or changed.
    """

    rows: int
    added: int
    changed: int
    same: int
    edited: tuple[str, ...]
    older: int
    processes: int


async def import_pax(database: Database, file: Path, *, now: datetime, on_step: OnStep) -> PaxImported:
    """Publish what the export in `file` says and the database does not; returns what that was. Commits.

    New agreements are told to nobody: they are news to no reader, however many. Changed ones are updates. Raises
    FileRefused where the file cannot be read, ContentRefused with every fault where anything is wrong with it.
    """
    on_step("reading")
    export = await asyncio.to_thread(_read, file, now.date())
    _refuse_faults(export, map(str, export.faults))
    async with database.write() as connection:
        on_step("comparing")
        stored = {_key(revision.record): revision for revision in await records.current(connection)}
        known = {
            str(revision.record.slug): revision.record
            for revision in stored.values()
            if isinstance(revision.record, Agreement) and revision.record.dataset
        }
        made, faults = records_of(file.name, export.rows, export.columns, known)
        _refuse_faults(export, map(str, faults))
        ours = [agreement for agreement in made if not _is_edited(agreement, stored)]
        others = (*_source(export, stored), *processes_of(export.rows, _union(known, ours).values()))
        wanted = [record for record in (*others, *ours) if _differs(record, stored)]
        on_step("checking")
        _refuse_faults(export, _gated(wanted, stored))
        on_step("writing")
        await _write(connection, wanted, stored, file.name, now)
    new = [record for record in wanted if isinstance(record, Agreement)]
    added = sum(_key(record) not in stored for record in new)
    return PaxImported(
        rows=export.count,
        added=added,
        changed=len(new) - added,
        same=len(ours) - len(new),
        edited=tuple(str(agreement.slug) for agreement in made if _is_edited(agreement, stored)),
        older=export.count - len(made),
        processes=sum(record.kind is Kind.PROCESS for record in wanted),
    )


def _read(file: Path, today: date) -> Export:
    try:
        return read_export(file.name, file.read_bytes(), today)
    except OSError as error:
        raise FileRefused(f"{file} cannot be read: {error.strerror or error}.") from error


def _refuse_faults(export: Export, lines: Iterable[str]) -> None:
    faults = tuple(lines)
    if not faults:
        return
    more = (f"… and {len(faults) - _MOST_SHOWN} more",) if len(faults) > _MOST_SHOWN else ()
    count = f"{export.count} rows read, {len(faults)} fault{'s' * (len(faults) > 1)}: nothing was imported."
    raise ContentRefused((*faults[:_MOST_SHOWN], *more, count))


def _union(known: Mapping[str, Agreement], new: Iterable[Agreement]) -> dict[str, Agreement]:
    return {**known, **{str(agreement.slug): agreement for agreement in new}}


def _source(export: Export, stored: Stored) -> tuple[Source, ...]:
    """Return the source, in the process where it stands already; none where the export holds nothing."""
    before = stored.get((Kind.SOURCE, SOURCE))
    if before and isinstance(before.record, Source):
        return () if before.author != AUTHOR else (source_record(before.record.process),)
    first = min((row.process for row in export.rows), default=None)
    return () if first is None else (source_record(process_slug(first)),)


def _gated(wanted: Sequence[Record], stored: Stored) -> Iterable[str]:
    """Yield what the gate says of what is to be published, beside what stays."""
    if not wanted:
        return
    standing = {key: revision.record for key, revision in stored.items() if revision.change is not Change.RETRACTION}
    world = {**standing, **{_key(record): record for record in wanted}}
    changing = set(map(_key, wanted))
    for fault in gate.faults(world):
        if (fault.kind, fault.slug) in changing:
            yield f"{fault.kind} {fault.slug}: {fault.problem}: {fault.remedy}"


async def _write(connection: Connection, wanted: Sequence[Record], stored: Stored, name: str, now: datetime) -> None:
    if not wanted:
        return
    note = f"PA-X, {name}"
    new = [NewRevision(record, _change(record, stored), note) for record in wanted]
    await write_publication(connection, new, author=AUTHOR, note=note, now=now)


def _change(record: Record, stored: Stored) -> Change:
    is_update = _key(record) in stored and isinstance(record, Agreement)
    return Change.UPDATE if is_update else Change.MINOR


def _key(record: Record) -> tuple[Kind, str]:
    return record.kind, str(record.slug)


def _differs(record: Record, stored: Stored) -> bool:
    before = stored.get(_key(record))
    return before is None or before.record != record


def _is_edited(agreement: Agreement, stored: Stored) -> bool:
    before = stored.get(_key(agreement))
    return before is not None and (before.author != AUTHOR or before.change is Change.RETRACTION)
