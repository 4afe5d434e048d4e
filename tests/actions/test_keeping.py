"""`parley export`, `parley backup` and `parley restore`, as real processes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.revision import Change
from bot.importing import read_content
from bot.importing.writing import files
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import NewRevision, body_of
from tests.conftest import NOW, ROOT
from tests.test_cli import one_line, parley

SHIPPED = ROOT / "content"
PROCESS = "ukraine-ceasefire-2025"


def bodies(folder: Path) -> dict[tuple[str, str], str]:
    """Return the stored form of each record that the files describe."""
    return {(record.kind, str(record.slug)): body_of(record) for record in read_content(folder).records}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> list[str]:
    """Return the names of all that a folder holds, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def said(done: "subprocess.CompletedProcess[bytes]") -> list[str]:
    """Return the lines of a command that did what it was asked."""
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


async def retract(database: Database, slug: str) -> None:
    """Retract the record with that slug."""
    async with database.write() as connection:
        found = [revision.record for revision in await records.current(connection) if revision.record.slug == slug]
        new = [NewRevision(record, Change.RETRACTION, "withdrawn") for record in found]
        await records.add(connection, new, author="desk", note="", now=NOW)


@pytest.mark.parametrize("command", ["export", "backup", "restore"])
def test_help_explains_each_command_with_an_example(tmp_path: Path, command: str) -> None:
    """`parley COMMAND --help` ends with an example of its use."""
    done = parley(tmp_path, command, "--help")
    assert done.returncode == 0
    assert f"Example: parley {command} " in done.stdout.decode()


@pytest.mark.parametrize("command", ["export", "backup", "restore"])
def test_used_wrongly_is_exit_code_two(tmp_path: Path, command: str) -> None:
    """Without a name to write or read, each explains itself and does nothing."""
    assert parley(tmp_path, command).returncode == 2
    assert names(tmp_path) == []


def test_an_export_imports_again_as_nothing_new(house: Path) -> None:
    """The files describe the same records: check finds no fault in them and import finds nothing to do."""
    lines = said(parley(house, "export", "--out", "out"))
    assert lines == [
        "Wrote 19 records in 12 files to out.",
        "Probes are not in the database, so they are not exported.",
    ]
    assert tree(house / "out") == files(read_content(SHIPPED).records)
    assert bodies(house / "out") == bodies(SHIPPED)
    assert said(parley(house, "check", "out")) == ["No faults in 19 records and 0 probes."]
    assert said(parley(house, "import", "out")) == ["Added 0; changed 0; left 19."]


def test_an_export_fills_an_empty_database(house: Path, tmp_path: Path) -> None:
    """A second house that imports the files publishes the same records."""
    said(parley(house, "export", "--out", "out"))
    other = {"PARLEY_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"}
    assert said(parley(house, "import", "out", **other))[0].startswith("Added 19 (")
    said(parley(house, "export", "--out", "again", **other))
    assert tree(house / "again") == tree(house / "out")


def test_an_empty_folder_is_filled(house: Path) -> None:
    """A folder that is there and holds nothing is as good as none, and nothing is left beside it."""
    (house / "out").mkdir()
    said(parley(house, "export", "--out", "out"))
    assert names(house / "out") == [PROCESS]
    assert names(house) == ["out", "parley.db"]


def test_a_folder_that_holds_something_is_left_alone(house: Path) -> None:
    """Without --force one line says so, with exit code 2, and not a byte of it changes."""
    shutil.copytree(SHIPPED, house / "out")
    assert "out is not empty" in one_line(parley(house, "export", "--out", "out"))
    assert tree(house / "out") == tree(SHIPPED)
    assert names(house) == ["out", "parley.db"]


def test_force_replaces_content_and_keeps_what_no_record_can_hold(house: Path) -> None:
    """The files are those of today's records; probes and README.md come along; all that was there is kept beside."""
    shutil.copytree(SHIPPED, house / "out")
    stale = house / "out" / PROCESS / "agreements" / "long-gone.yaml"
    stale.write_text("title: Long gone\n")
    lines = said(parley(house, "export", "--out", "out", "--force"))
    assert lines[1] == (
        "Probes are not in the database, so they are not exported; 2 files that no record can hold were kept."
    )
    (replaced,) = house.glob("out.replaced-*")
    assert lines[2] == f"What out held before is in {replaced}."
    assert (replaced / PROCESS / "agreements" / "long-gone.yaml").exists()
    assert sorted(tree(house / "out")) == sorted(tree(SHIPPED))
    assert (house / "out" / PROCESS / "probes.yaml").read_bytes() == (SHIPPED / PROCESS / "probes.yaml").read_bytes()
    assert said(parley(house, "check", "out"))[0].startswith("No faults in 19 records and ")


@pytest.mark.parametrize("name", ["notes.txt", ".git", "letters"])
def test_force_moves_no_folder_that_is_not_content(house: Path, name: str) -> None:
    """A slip such as `--out ~ --force` stops at the first thing in it that is no content."""
    (house / "out" / name).mkdir(parents=True)
    assert f"out holds {name}, which is no content" in one_line(parley(house, "export", "--out", "out", "--force"))
    assert names(house / "out") == [name]


@pytest.mark.parametrize(
    ("out", "reason"), [("parley.db", "is a file"), ("no/such", "there is no folder no"), ("", "no content")]
)
def test_an_export_that_cannot_be_written_says_why(house: Path, out: str, reason: str) -> None:
    """A file in the folder's place, no folder to put it in, the house itself: one line, and nothing is left behind."""
    assert reason in one_line(parley(house, "export", "--out", out, "--force"))
    assert names(house) == ["parley.db"]


def test_an_export_of_nothing_says_so(tmp_path: Path) -> None:
    """Where nothing is published there is nothing to export, and no folder is made."""
    assert "nothing is published" in one_line(parley(tmp_path, "export", "--out", "out"))
    assert not (tmp_path / "out").exists()


async def test_what_was_retracted_is_not_exported(house: Path) -> None:
    """Only what is published now is written; what leans on a retracted record is counted as faults."""
    database = Database(f"sqlite+aiosqlite:///{house / 'parley.db'}")
    try:
        await retract(database, "black-sea-ceasefire")
    finally:
        await database.close()
    lines = said(parley(house, "export", "--out", "out"))
    assert lines[0] == "Wrote 18 records in 11 files to out."
    number = re.fullmatch(r"Some of it leans on what was retracted: `parley check out` names (\d+) faults\.", lines[2])
    assert number
    done = parley(house, "check", "out")
    assert done.returncode == 1
    assert f"\n{number[1]} faults" in done.stdout.decode()


def test_a_backup_says_what_it_holds_and_restores(house: Path) -> None:
    """One line with size, records and publication; the restore names the same, and where the old state is kept."""
    lines = said(parley(house, "backup", "one.db"))
    size = (house / "one.db").stat().st_size
    assert lines == [f"Backed up to one.db: {size:,} bytes, 19 records, publication 1."]
    assert "one.db is there already" in one_line(parley(house, "backup", "one.db"))
    said(parley(house, "backup", "one.db", "--force"))
    assert "add --force" in one_line(parley(house, "restore", "one.db"))
    lines = said(parley(house, "restore", "one.db", "--force"))
    (kept,) = house.glob("parley.db.replaced-*")
    assert lines == [
        "Restored parley.db from one.db: 19 records, publication 1.",
        f"What it held before is in {kept.name}.",
    ]
    assert "blue News" in parley(house, "ask", "has putin given the order").stdout.decode()


def test_a_damaged_backup_is_exit_code_one(house: Path) -> None:
    """A backup that fails its check is a "no", told apart from a command used wrongly."""
    said(parley(house, "backup", "one.db"))
    (house / "one.db").write_bytes((house / "one.db").read_bytes()[:50_000])
    done = parley(house, "restore", "one.db", "--force")
    assert done.returncode == 1
    assert done.stderr.decode() == "parley: one.db is no database, or it is damaged: name another backup.\n"


def test_what_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    """No database to back up, no backup to restore: nothing is made of it."""
    assert "cannot be opened" in one_line(parley(tmp_path, "backup", "one.db"))
    assert "cannot be opened" in one_line(parley(tmp_path, "restore", "one.db"))
    assert names(tmp_path) == []


def test_a_running_bot_is_backed_up_and_not_restored_over(house: Path) -> None:
    """While a chat is open a backup is made, and a restore waits for it to be closed."""
    chat = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        cwd=house,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    assert chat.stdin
    assert chat.stdout
    with chat:
        chat.stdin.write(b"/agreed\n")
        chat.stdin.flush()
        assert any(b"blue News" in line for line in chat.stdout)
        said(parley(house, "backup", "one.db"))
        assert "has the database parley.db open" in one_line(parley(house, "restore", "one.db", "--force"))
        chat.stdin.close()
        chat.stdout.read()
    said(parley(house, "restore", "one.db", "--force"))


def test_another_kind_of_database_has_its_own_tools(tmp_path: Path) -> None:
    """Backup and restore say in one line whose tools to use, without the password."""
    address = {"PARLEY_DATABASE_URL": "postgresql+asyncpg://parley:secret@db/parley"}
    for command in ("backup", "restore"):
        line = one_line(parley(tmp_path, command, "one.db", **address))
        assert "postgresql" in line
        assert "own tools" in line
        assert "secret" not in line
