"""Export for researchers: every record with its number, its sources and its revisions, as JSON lines or CSV tables."""

import asyncio
import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from bot.domain.base import SourceLink
from bot.domain.kinds import MODELS
from bot.domain.record import Record
from bot.domain.revision import Change, Revision
from bot.errors import FileRefused, NoContent
from bot.services.folders import put, refuse_folder
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import body_of

_COLUMNS: Final = ("id", "kind", "slug", "revision", "recorded", "change", "note", "sources")
# A spreadsheet would run a cell that begins so; behind an apostrophe it shows it (OWASP, CSV injection).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Format(StrEnum):
    """In what form records are exported."""

    CONTENT = "content"
    JSONL = "jsonl"
    CSV = "csv"


async def export_tables(database: Database, folder: Path, form: Format, *, now: datetime) -> tuple[int, int]:
    """Write all revisions into `folder`, which must be empty or not there; returns how many revisions and files.

    JSON lines: `records.jsonl`, a revision a line. CSV: a table a kind with what is published now, and `revisions.csv`
    with all states as JSON. Who wrote a revision is left out: that is about people. Raises NoContent where nothing was
    ever published, FileRefused where the folder cannot be written.
    """
    async with database.read() as connection:
        revisions = await records.every(connection)
    if not revisions:
        raise NoContent(f"nothing is published in {database.name}: there is nothing to export")
    written = await asyncio.to_thread(_write, revisions, folder, form, now)
    return len(revisions), written


def _write(revisions: Sequence[Revision[Record]], folder: Path, form: Format, now: datetime) -> int:
    files = _jsonl(revisions) if form is Format.JSONL else _tables(revisions)
    try:
        refuse_folder(folder.resolve(), folder, force=False)
        put(files, folder.resolve(), now)
    except OSError as error:
        raise FileRefused(f"{folder} cannot be written: {error.strerror or error}.") from error
    return len(files)


def _jsonl(revisions: Iterable[Revision[Record]]) -> Mapping[str, bytes]:
    lines = (
        json.dumps({**_head(revision), "record": json.loads(body_of(revision.record))}, ensure_ascii=False)
        for revision in revisions
    )
    return {"records.jsonl": "".join(f"{line}\n" for line in lines).encode()}


def _tables(revisions: Sequence[Revision[Record]]) -> Mapping[str, bytes]:
    newest = {revision.ref.record: revision for revision in revisions}
    by_kind: defaultdict[str, list[Revision[Record]]] = defaultdict(list)
    for revision in newest.values():
        if revision.change is not Change.RETRACTION:
            by_kind[revision.record.kind.value].append(revision)
    tables = {f"{kind}.csv": _table((*_COLUMNS, *_fields(found)), map(_flat, found)) for kind, found in by_kind.items()}
    every = ({**_head(revision), "record": body_of(revision.record)} for revision in revisions)
    return {**tables, "revisions.csv": _table((*_COLUMNS, "record"), every)}


def _head(revision: Revision[Record]) -> dict[str, Any]:
    """Return what says which state of which record this is, and what it cites."""
    record = revision.record
    cited = (str(link) for _, link in record.references() if isinstance(link, SourceLink))
    return {
        "id": revision.ref.record,
        "kind": record.kind.value,
        "slug": str(record.slug),
        "revision": revision.ref.number,
        "recorded": revision.recorded.isoformat(),
        "change": revision.change.value,
        "note": revision.note,
        "sources": list(dict.fromkeys(cited)),
    }


def _fields(revisions: Sequence[Revision[Record]]) -> list[str]:
    return [name for name in MODELS[revisions[0].record.kind].model_fields if name not in _COLUMNS]


def _flat(revision: Revision[Record]) -> dict[str, Any]:
    return {**revision.record.model_dump(mode="json"), **_head(revision)}


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe(_text(row.get(column))) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # so that spreadsheets read it as UTF-8


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def safe(cell: str) -> str:
    """Return the cell as no spreadsheet takes for a formula."""
    begins = cell.lstrip(" \u00a0").startswith(_FORMULA) or cell.startswith(_FORMULA)
    return f"'{cell}" if begins else cell
