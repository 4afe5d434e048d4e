"""Importing PA-X: all rows or none, the same again changes nothing, and what the desk has edited stays."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.base import Kind
from bot.domain.process import Process
from bot.domain.record import Record
from bot.domain.revision import Change, Revision
from bot.domain.source import Source
from bot.errors import ContentRefused, FileRefused
from bot.services.import_pax import PaxImported, import_pax
from bot.services.publish import publish
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import NewRevision
from tests.importing.pax_sample import BASE, ROWS, export
from tests.storage.opening import NOON

LATER = NOON + timedelta(days=1)


async def published(database: Database) -> dict[tuple[Kind, str], Revision[Record]]:
    """Return what is published, by kind and slug."""
    async with database.read() as connection:
        found = await records.current(connection)
    return {(revision.record.kind, str(revision.record.slug)): revision for revision in found}


async def bring(database: Database, file: Path, data: bytes) -> PaxImported:
    """Import these bytes."""
    await asyncio.to_thread(file.write_bytes, data)
    return await import_pax(database, file, now=LATER, on_step=lambda _: None)


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    """Return where the export stands."""
    return tmp_path / "pax.csv"


async def test_an_export_is_published_once_and_a_newer_one_makes_revisions(database: Database, csv_file: Path) -> None:
    """Every row is added; again nothing changes; a newer coding is an update; what was edited or withdrawn stays."""
    first = await bring(database, csv_file, export())
    assert first == PaxImported(rows=4, added=4, changed=0, same=0, edited=(), older=0, processes=2)
    stored = await published(database)
    source = stored[Kind.SOURCE, "pax"].record
    assert isinstance(source, Source)
    assert source.credit == "Licence: CC BY-NC-SA 4.0"
    harbour = stored[Kind.PROCESS, "pax-process-7"].record
    assert isinstance(harbour, Process)
    assert harbour.summary[0].text.startswith("PA-X lists 3 agreements of this process, dated 2014 to 2023.")
    assert all(revision.change is Change.MINOR for revision in stored.values()), "new agreements are told to nobody"

    again = await bring(database, csv_file, export())
    assert (again.same, again.processes) == (4, 0)
    assert await published(database) == stored

    edited = stored[Kind.AGREEMENT, "pax-3"].record.model_copy(update={"place": "Lakeside"})
    withdrawn = stored[Kind.AGREEMENT, "pax-4"].record
    desk = [NewRevision(edited, Change.UPDATE, "place"), NewRevision(withdrawn, Change.RETRACTION, "a draft")]
    await publish(database, desk, author="editor 7", note="at the desk", now=NOON)
    newer = [{**row, "Ver": "3", "Agt": f"{row['Agt']}, revised"} for row in ROWS]
    newer[1]["Ver"] = "1"
    done = await bring(database, csv_file, export([*newer, BASE | {"AgtId": "8", "PP": "9", "PPName": "Lake talks"}]))
    assert (done.rows, done.added, done.changed, done.same) == (5, 1, 1, 0)
    assert (done.edited, done.older) == (("pax-3", "pax-4"), 1)
    stored = await published(database)
    protocol = stored[Kind.AGREEMENT, "pax-1"]
    assert (protocol.ref.number, protocol.change) == (2, Change.UPDATE)
    assert stored[Kind.AGREEMENT, "pax-3"].record == edited


@pytest.mark.parametrize(
    "data",
    [
        export([*ROWS, BASE | {"AgtId": "9", "Dat": "30/02/2020"}]),
        export([*ROWS, BASE | {"AgtId": "9", "Agt": "x" * 600}]),
        export()[:-40],
        export()[: len(export()) // 2] + b"\xff" + export()[len(export()) // 2 :],
    ],
    ids=["date", "title", "truncated", "encoding"],
)
async def test_one_fault_keeps_all_of_it_out(database: Database, csv_file: Path, data: bytes) -> None:
    """The report names line and reason and says that nothing was imported; the database is as it was."""
    with pytest.raises(ContentRefused) as refused:
        await bring(database, csv_file, data)
    assert refused.value.report[0].startswith("pax.csv:")
    assert refused.value.report[-1].endswith("nothing was imported.")
    assert await published(database) == {}


async def test_a_file_that_is_not_there_is_one_clear_line(database: Database, csv_file: Path) -> None:
    """The operator reads which file, and no traceback."""
    with pytest.raises(FileRefused, match=r"pax\.csv cannot be read"):
        await import_pax(database, csv_file, now=LATER, on_step=lambda _: None)
