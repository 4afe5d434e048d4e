"""Export for researchers: all revisions with ids and sources, and cells that no spreadsheet runs."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.revision import Change
from bot.errors import FileRefused, NoContent
from bot.services.export_tables import Format, export_tables, safe
from bot.services.import_content import import_content
from bot.services.publish import publish
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import NewRevision
from tests.storage.opening import NOON


def rows(path: Path) -> list[dict[str, str]]:
    """Return a table's rows."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


async def test_revisions_ids_and_sources_are_all_there(database: Database, content: Path, tmp_path: Path) -> None:
    """JSON lines hold every state; tables what is published now, without what was withdrawn; nobody's name is in it."""
    with pytest.raises(NoContent):
        await export_tables(database, tmp_path / "none", Format.CSV, now=NOON)
    await import_content(database, content, note="first", now=NOON)
    async with database.read() as connection:
        found = {(rev.record.kind, str(rev.record.slug)): rev for rev in await records.current(connection)}
    agreement = next(rev.record for rev in found.values() if isinstance(rev.record, Agreement))
    event = next(rev.record for (kind, _), rev in found.items() if kind is Kind.EVENT)
    renamed = agreement.model_copy(update={"title": '=HYPERLINK("http://example.org")'})
    desk = [NewRevision(renamed, Change.CORRECTION, "title"), NewRevision(event, Change.RETRACTION, "wrong")]
    await publish(database, desk, author="editor 7", note="", now=NOON + timedelta(days=1))

    count, _ = await export_tables(database, tmp_path / "lines", Format.JSONL, now=NOON)
    text = (tmp_path / "lines" / "records.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert count == len(lines) == len(found) + 2
    assert "editor 7" not in text
    states = [line for line in lines if line["slug"] == str(agreement.slug)]
    assert [(line["revision"], line["change"]) for line in states] == [(1, "update"), (2, "correction")]
    assert states[0]["id"] == states[1]["id"]
    assert states[0]["sources"]
    assert states[1]["record"]["title"] == renamed.title

    await export_tables(database, tmp_path / "tables", Format.CSV, now=NOON)
    (row,) = rows(tmp_path / "tables" / "agreement.csv")
    assert (row["slug"], row["revision"]) == (str(agreement.slug), "2")
    assert row["title"] == f"'{renamed.title}"
    assert row["sources"] == "; ".join(states[1]["sources"])
    table = tmp_path / "tables" / "event.csv"
    assert not table.exists() or str(event.slug) not in [item["slug"] for item in rows(table)]
    assert len(rows(tmp_path / "tables" / "revisions.csv")) == count
    with pytest.raises(FileRefused, match="is not empty"):
        await export_tables(database, tmp_path / "tables", Format.CSV, now=NOON)


@given(st.text())
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    """Whatever a record says, a spreadsheet shows it: an apostrophe stands before what it would run."""
    made = safe(cell)
    assert made in {cell, f"'{cell}"}
    assert not made.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
