"""Import: all of the files or none of them, and never over what the desk has edited."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.base import Kind
from bot.domain.record import Record
from bot.domain.revision import Change, Revision
from bot.domain.source import Source
from bot.errors import ChangeNeeded, ContentRefused, NoContent
from bot.importing import read_content
from bot.services.import_content import AUTHOR, Imported, import_content
from bot.services.publish import publish
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import NewRevision
from tests.importing import sample
from tests.storage.opening import NOON

SOURCES = "talks/sources.yaml"


async def published(database: Database) -> dict[tuple[Kind, str], Revision[Record]]:
    """Return what is published, by kind and slug."""
    async with database.read() as connection:
        found = await records.current(connection)
    return {(revision.record.kind, str(revision.record.slug)): revision for revision in found}


async def numbers(database: Database) -> int:
    """Return the number of publications."""
    async with database.read() as connection:
        return await records.publication_number(connection)


def edit(content: Path, name: str, old: str, new: str) -> None:
    """Change a file as an editor would."""
    text = (content / name).read_text(encoding="utf-8")
    assert old in text
    (content / name).write_text(text.replace(old, new), encoding="utf-8")


async def desk_edits(database: Database, key: tuple[Kind, str], **changes: object) -> None:
    """Publish a changed record as the desk does."""
    record = (await published(database))[key].record
    new = NewRevision(type(record).model_validate(record.model_dump() | changes), Change.UPDATE, "at the desk")
    await publish(database, [new], author="editor 7", note="at the desk", now=NOON)


async def test_a_first_import_publishes_everything_in_one_publication(database: Database, content: Path) -> None:
    """Every record of the files is there, its first revision, by the import's author, under one number."""
    imported = await import_content(database, content, note="first content", now=NOON)
    found = await published(database)
    expected = {(record.kind, str(record.slug)): record for record in read_content(content).records}
    assert {key: revision.record for key, revision in found.items()} == expected
    assert imported == Imported(tuple(found), (), 0)
    assert {(revision.author, revision.ref.number, revision.note) for revision in found.values()} == {
        (AUTHOR, 1, "first content")
    }
    assert await numbers(database) == 1


async def test_importing_again_changes_nothing(database: Database, content: Path) -> None:
    """The same files a second time publish nothing, whatever is said about changes."""
    first = await import_content(database, content, now=NOON)
    before = await published(database)
    for change, note in ((None, ""), (Change.CORRECTION, "again")):
        assert await import_content(database, content, change=change, note=note, now=NOON) == Imported(
            (), (), len(first.added)
        )
    assert await published(database) == before
    assert await numbers(database) == 1


async def test_words_with_unseen_blanks_import_once(database: Database, content: Path) -> None:
    """Words that begin with an unseen mark and a blank are the same words when they are imported again."""
    edit(content, SOURCES, "publisher: The Herald", 'publisher: "\\ufeff The Herald \\u202e "')
    await import_content(database, content, now=NOON)
    assert (await import_content(database, content, now=NOON)).changed == ()


async def test_new_records_need_no_word_about_changes(database: Database, content: Path) -> None:
    """Files that add a record and change none are imported without ado."""
    await import_content(database, content, now=NOON)
    extra = "\n- slug: gazette\n  title: T\n  publisher: The Gazette\n  type: outlet\n  published: 2025-03-19\n"
    sample.write(content, {"sources.yaml": sample.FILES["sources.yaml"] + extra})
    imported = await import_content(database, content, now=NOON)
    assert imported.added == ((Kind.SOURCE, "gazette"),)
    assert imported.changed == ()


@pytest.mark.parametrize(("change", "note"), [(None, ""), (None, "why"), (Change.MINOR, ""), (Change.MINOR, " \n")])
async def test_a_change_needs_its_kind_and_a_reason(
    database: Database, content: Path, change: Change | None, note: str
) -> None:
    """Without both, nothing is imported, and the message names the records and how to say it."""
    await import_content(database, content, now=NOON)
    edit(content, SOURCES, "The Herald", "The Times")
    before = await published(database)
    with pytest.raises(ChangeNeeded, match=r"\(source herald\).*--change minor\|update\|correction\|retraction --note"):
        await import_content(database, content, change=change, note=note, now=NOON)
    assert await published(database) == before


async def test_a_change_that_is_accounted_for_is_published(database: Database, content: Path) -> None:
    """The changed record has a new revision of that kind, with that note; all others stay as they were."""
    await import_content(database, content, now=NOON)
    before = await published(database)
    edit(content, SOURCES, "publisher: The Herald", "publisher: The Times")
    imported = await import_content(database, content, change=Change.CORRECTION, note="It was the Times.", now=NOON)
    assert imported == Imported((), ((Kind.SOURCE, "herald"),), len(before) - 1)
    after = await published(database)
    changed = after.pop((Kind.SOURCE, "herald"))
    assert isinstance(changed.record, Source)
    assert changed.record.publisher == "The Times"
    assert (changed.ref.number, changed.change, changed.note) == (2, Change.CORRECTION, "It was the Times.")
    assert after == {key: before[key] for key in after}


async def test_an_edit_made_at_the_desk_is_never_overwritten(database: Database, content: Path) -> None:
    """Where the files differ from what the desk has published, import stops, whatever it is told, and says where."""
    await import_content(database, content, now=NOON)
    await desk_edits(database, (Kind.SOURCE, "herald"), publisher="The Daily Herald")
    edit(content, SOURCES, "The text of the pause", "The text")
    before = await published(database)
    with pytest.raises(ChangeNeeded, match=r"The desk has edited what these files would overwrite \(source herald\)"):
        await import_content(database, content, change=Change.UPDATE, note="files", now=NOON)
    assert await published(database) == before


async def test_an_edit_that_has_been_merged_into_the_files_stands_in_nobodys_way(
    database: Database, content: Path
) -> None:
    """Once the files say what the desk said, other changes can be imported again."""
    await import_content(database, content, now=NOON)
    await desk_edits(database, (Kind.SOURCE, "herald"), publisher="The Daily Herald")
    edit(content, SOURCES, "The Herald", "The Daily Herald")
    edit(content, SOURCES, "The text of the pause", "The text")
    imported = await import_content(database, content, change=Change.MINOR, note="shorter", now=NOON)
    assert imported.changed == ((Kind.SOURCE, "text"),)


async def test_files_that_are_gone_change_nothing(database: Database, content: Path) -> None:
    """A record whose file was deleted stays published, and counts as left."""
    await import_content(database, content, now=NOON)
    before = await published(database)
    await asyncio.to_thread((content / "talks/questions/what-was-agreed.md").unlink)
    await asyncio.to_thread((content / "talks/events.yaml").unlink)
    assert await import_content(database, content, now=NOON) == Imported((), (), len(before))
    assert await published(database) == before


async def test_one_fault_refuses_all(database: Database, content: Path) -> None:
    """A fault in one file publishes nothing of any, and the error has a line for each fault with file and line."""
    edit(content, SOURCES, "type: outlet", "type: outlett")
    edit(content, "talks/events.yaml", "actors: [northland", "actors: [nothland")
    with pytest.raises(ContentRefused) as caught:
        await import_content(database, content, now=NOON)
    files = [line.partition(":")[0] for line in caught.value.report]
    assert files == ["talks/events.yaml", SOURCES]
    assert "did you mean 'northland'?" in caught.value.report[0]
    assert await published(database) == {}
    assert await numbers(database) == 0


async def test_files_are_judged_beside_what_is_published(database: Database, content: Path, tmp_path: Path) -> None:
    """A new process whose party takes the name of a published one is refused."""
    await import_content(database, content, now=NOON)
    other = {name: sample.FILES[name] for name in ("process.yaml", "parties.yaml", "sources.yaml")}
    other = {name: text.replace("slug: ", "slug: other-") for name, text in other.items()}
    other["process.yaml"] = sample.FILES["process.yaml"].replace("default: true\n", "")
    for name in ("northland", "southland", "herald"):
        other["process.yaml"] = other["process.yaml"].replace(name, f"other-{name}")
    folder = sample.write(tmp_path / "more", other, "other")
    with pytest.raises(ContentRefused, match="'Northland' is a name of party 'northland' already"):
        await import_content(database, folder, now=NOON)


async def test_a_folder_without_content_is_not_imported(database: Database, tmp_path: Path) -> None:
    """An empty folder, or none, is the operator's mistake."""
    for folder in (tmp_path / "nowhere", tmp_path / "empty"):
        with pytest.raises(NoContent):
            await import_content(database, folder, now=NOON)
    assert await numbers(database) == 0


async def test_two_imports_at_once_publish_once(database: Database, content: Path) -> None:
    """Started together, one publishes and the other finds nothing left to do."""
    one, two = await asyncio.gather(*(import_content(database, content, now=NOON) for _ in range(2)))
    assert sorted((len(one.added), len(two.added))) == [0, len(read_content(content).records)]
    assert await numbers(database) == 1


async def test_what_would_mislead_is_imported_only_over_the_warning(database: Database, content: Path) -> None:
    """A question that readers would take for a published one, or a probe that it answers, is refused at its line."""
    await import_content(database, content, now=NOON)
    twin = sample.FILES["questions/who-is-bound.md"].replace(
        "question: ", "paraphrases: [What was agreed]\nquestion: Or "
    )
    probes = sample.FILES["probes.yaml"]
    sample.write(content, {"questions/a-twin.md": twin, "probes.yaml": probes})
    with pytest.raises(ContentRefused) as refused:
        await import_content(database, content, now=NOON)
    *warned, last = refused.value.report
    assert warned[0].startswith(
        "talks/questions/a-twin.md:3: warning: who asks “What was agreed?” would get this instead"
    )
    assert "--over-warnings" in last
    assert await numbers(database) == 1
    imported = await import_content(database, content, note="new", over_warnings=True, now=NOON)
    assert imported.added == ((Kind.QUESTION, "a-twin"),)
    note = (await published(database))[Kind.QUESTION, "a-twin"].note
    assert note.startswith(f"new (published over {len(warned)} of the gate's warnings: question a-twin: who asks")
