"""Backups: made while others write, checked, never over anything unasked; put back whole or not at all."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from bot.errors import BackupRefused, FileRefused, NewerDatabase, ParleyError, SettingsError, StorageBusy
from bot.services.backup import Restored, back_up, restore
from bot.storage import backup, migrate, records
from bot.storage.database import Database
from tests.conftest import ROOT

NOW = datetime(2025, 3, 20, 12, 0, tzinfo=UTC)

# Publishes again and again until its input ends, and prints the number of each publication once it is committed.
WRITER = """
import asyncio, sys, threading
from datetime import UTC, datetime
from bot.domain.revision import Change
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import NewRevision

async def main():
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    database = Database(sys.argv[1])
    async with database.read() as connection:
        (one, *_) = [revision.record for revision in await records.current(connection)]
    while not ended.is_set():
        async with database.write() as connection:
            new = [NewRevision(one, Change.MINOR, "again")] * 20
            number, _ = await records.add(connection, new, author="w", note="", now=datetime(2025, 1, 1, tzinfo=UTC))
        print(number, flush=True)
    await database.close()

asyncio.run(main())
"""
# Opens the database, reads once, says so, and stays idle until its input ends.
IDLER = """
import asyncio, sys
from bot.storage import records
from bot.storage.database import Database

async def main():
    database = Database(sys.argv[1])
    async with database.read() as connection:
        await records.publication_number(connection)
    print("open", flush=True)
    sys.stdin.read()
    await database.close()

asyncio.run(main())
"""


@pytest.fixture
def file(tmp_path: Path, filled: Path) -> Path:
    """Return a database of the test's own that holds what ships."""
    path = tmp_path / "live" / "parley.db"
    path.parent.mkdir()
    shutil.copy(filled, path)
    return path


def url_of(file: Path) -> str:
    """Return the address of the database in `file`."""
    return f"sqlite+aiosqlite:///{file}"


@contextmanager
def other_process(code: str, file: Path) -> Iterator[IO[str]]:
    """Run `code` on the database in a process of its own; give its output, and end it on the way out."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, url_of(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    try:
        with process:
            yield process.stdout
            process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0


def change(file: Path, *statements: str) -> None:
    """Write to the file as another program would."""
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def query(file: Path, statement: str) -> list[tuple[object, ...]]:
    """Return what the file answers."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


def bytes_of(file: Path) -> bytes:
    """Return the bytes of the file."""
    return file.read_bytes()


def dump(file: Path) -> list[str]:
    """Return all that the database in the file holds, as statements; in which order it was made does not matter."""
    with closing(sqlite3.connect(file)) as connection:
        return sorted(connection.iterdump())


def names(folder: Path) -> list[str]:
    """Return the names of all that a folder holds, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


async def refused(kind: type[ParleyError], work: object) -> str:
    """Return the one line that the work is refused with."""
    with pytest.raises(kind) as caught:
        await work  # type: ignore[misc]  # a coroutine of either use case
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)
    return str(caught.value)


async def test_a_backup_holds_all_that_the_database_holds(file: Path, tmp_path: Path) -> None:
    """Every row of every table is in it, only its owner may read it, and nothing else is left in its folder."""
    folder = tmp_path / "backups"
    folder.mkdir()
    made = await back_up(url_of(file), folder / "one.db")
    assert dump(folder / "one.db") == dump(file)
    assert names(folder) == ["one.db"]
    assert made.size == (folder / "one.db").stat().st_size
    assert (made.holding.records, made.holding.publication, made.holding.newest) == (19, 1, True)
    assert (folder / "one.db").stat().st_mode & 0o777 == 0o600


async def test_a_backup_while_another_process_writes_loses_nothing_committed_before(file: Path, tmp_path: Path) -> None:
    """Whatever was committed when the backup began is in it, whole transactions only, and the writer goes on."""
    with other_process(WRITER, file) as output:
        for turn in range(5):
            committed = int(output.readline())
            target = tmp_path / f"{turn}.db"
            made = await back_up(url_of(file), target)
            assert made.holding.publication >= committed
            assert query(target, "PRAGMA integrity_check") == [("ok",)]
            # The first publication wrote each record once, every later one twenty revisions.
            assert made.holding.revisions == 19 + 20 * (made.holding.publication - 1)
        assert int(output.readline()) > committed


async def test_erased_rows_are_not_in_a_backup(file: Path, tmp_path: Path) -> None:
    """What was erased for a reader's sake does not live on in the free pages of a copy."""
    # Some builds of SQLite wipe what they erase; this one shall not, so that there is something to leave behind.
    row = "INSERT INTO tokens VALUES ('t', 'a reader''s own words', 1, '2025-01-01')"
    change(file, "PRAGMA secure_delete = OFF", row, "COMMIT", "DELETE FROM tokens")
    assert b"own words" in bytes_of(file)
    await back_up(url_of(file), tmp_path / "one.db")
    assert b"own words" not in bytes_of(tmp_path / "one.db")


async def test_a_backup_never_overwrites_unasked(file: Path, tmp_path: Path) -> None:
    """A file that is there stays, byte for byte, unless the operator says otherwise."""
    target = tmp_path / "one.db"
    target.write_text("precious")
    said = await refused(FileRefused, back_up(url_of(file), target))
    assert "is there already" in said
    assert "--force" in said
    assert target.read_text() == "precious"
    await back_up(url_of(file), target, force=True)
    assert dump(target) == dump(file)


async def test_a_file_that_comes_to_be_there_meanwhile_stays(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's file that appears while the copy is made is not replaced either."""
    target = tmp_path / "one.db"
    copy = backup.copy

    def slow(source: Path, part: Path) -> backup.Holding:
        target.write_text("precious")
        return copy(source, part)

    monkeypatch.setattr(backup, "copy", slow)
    await refused(FileRefused, back_up(url_of(file), target))
    assert target.read_text() == "precious"
    assert names(tmp_path) == ["live", "one.db"]


@pytest.mark.parametrize("name", ["parley.db", "parley.db-wal", "../live/parley.db"])
async def test_a_backup_is_never_written_over_the_database(file: Path, name: str) -> None:
    """Not even with --force, nor over its journal."""
    before = dump(file)
    assert "is the database itself" in await refused(FileRefused, back_up(url_of(file), file.parent / name, force=True))
    assert dump(file) == before


async def test_a_backup_is_never_written_over_another_database_in_use(file: Path, tmp_path: Path) -> None:
    """A file with a journal beside it is open somewhere; replacing it would ruin it."""
    other = tmp_path / "other.db"
    shutil.copy(file, other)
    (tmp_path / "other.db-wal").touch()
    assert "has a journal beside it" in await refused(FileRefused, back_up(url_of(file), other, force=True))


async def test_a_backup_into_a_folder_that_is_not_there_says_so(file: Path, tmp_path: Path) -> None:
    """One line, and nothing is made."""
    assert "cannot be written" in await refused(FileRefused, back_up(url_of(file), tmp_path / "no" / "one.db"))
    assert "is a folder" in await refused(FileRefused, back_up(url_of(file), tmp_path, force=True))
    assert names(tmp_path) == ["live"]


async def test_a_database_that_fails_its_check_gives_no_backup(file: Path, tmp_path: Path) -> None:
    """A copy with links that lead nowhere is not kept under the name of a backup."""
    change(file, "PRAGMA foreign_keys = OFF", "INSERT INTO chats VALUES (1, 999)")
    assert "links that lead nowhere" in await refused(BackupRefused, back_up(url_of(file), tmp_path / "one.db"))
    assert names(tmp_path) == ["live"]


@pytest.mark.parametrize("url", ["postgresql+asyncpg://u:p@db/parley", "mysql+aiomysql://u:p@db/parley"])
async def test_another_kind_of_database_has_its_own_tools(tmp_path: Path, url: str) -> None:
    """The line names the kind and never the password."""
    for work in (back_up(url, tmp_path / "one.db"), restore(url, tmp_path / "one.db", now=NOW)):
        said = await refused(SettingsError, work)
        assert url.partition("+")[0] in said
        assert "own tools" in said
        assert "u:p" not in said


async def test_a_restore_brings_back_what_the_backup_holds(file: Path, tmp_path: Path) -> None:
    """The database is what it was at the backup; what it held since is kept beside it, dated, and reads as it did."""
    saved = tmp_path / "one.db"
    await back_up(url_of(file), saved)
    change(file, "INSERT INTO chats VALUES (7, 1)")
    since = dump(file)
    said = await refused(FileRefused, restore(url_of(file), saved, now=NOW))
    assert "add --force" in said
    assert dump(file) == since
    done = await restore(url_of(file), saved, force=True, now=NOW)
    assert done == Restored(file, done.holding, file.with_name("parley.db.replaced-20250320T120000Z"))
    assert done.kept is not None
    assert dump(file) == dump(saved)
    assert dump(done.kept) == since
    assert names(file.parent) == ["parley.db", done.kept.name]
    again = await restore(url_of(file), saved, force=True, now=NOW)
    assert again.kept == file.with_name("parley.db.replaced-20250320T120000Z-1")


@pytest.mark.parametrize("made_before", [False, True])
async def test_a_restore_where_nothing_is_needs_no_force(file: Path, tmp_path: Path, *, made_before: bool) -> None:
    """No database, or one with tables and no rows, is filled without being asked twice, and nothing is kept."""
    saved, empty = tmp_path / "one.db", tmp_path / "new" / "parley.db"
    empty.parent.mkdir()
    await back_up(url_of(file), saved)
    if made_before:
        database = Database(url_of(empty))
        await migrate.migrate(database)
        await database.close()
    done = await restore(url_of(empty), saved, now=NOW)
    assert done.kept is None
    assert done.holding.records == 19
    assert names(empty.parent) == ["parley.db"]
    database = Database(url_of(empty))
    try:
        await migrate.migrate(database)
        async with database.read() as connection:
            assert len(await records.current(connection)) == 19
    finally:
        await database.close()


async def test_a_restore_refuses_while_another_process_has_the_database_open(file: Path, tmp_path: Path) -> None:
    """Even one that is idle: it would go on with what it had read. Once it has gone, the restore goes ahead."""
    saved = tmp_path / "one.db"
    await back_up(url_of(file), saved)
    before = dump(file)
    with other_process(IDLER, file) as output:
        assert output.readline() == "open\n"
        said = await refused(StorageBusy, restore(url_of(file), saved, force=True, now=NOW))
        assert "stop it first" in said
        assert names(tmp_path) == ["live", "one.db"]
    assert dump(file) == before
    await restore(url_of(file), saved, force=True, now=NOW)


def _damage(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(4096 * 4)
        stream.write(b"\xa5" * 4096 * 8)


def _truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


@pytest.mark.parametrize(
    ("spoil", "kind", "said"),
    [
        (_damage, BackupRefused, "damaged"),
        (_truncate, BackupRefused, "damaged"),
        (lambda file: file.write_text("Dear diary, " * 999), BackupRefused, "is no database, or it is damaged"),
        (lambda file: os.truncate(file, 0), BackupRefused, "is no database of Parley's: it holds nothing"),
        (lambda file: change(file, "DROP TABLE publications"), BackupRefused, "is no database of Parley's."),
        (lambda file: change(file, "INSERT INTO chats VALUES (1, 999)"), BackupRefused, "links that lead nowhere"),
        (lambda file: change(file, "UPDATE alembic_version SET version_num = '9999'"), NewerDatabase, "newer Parley"),
    ],
)
async def test_a_restore_refuses_a_backup_that_fails_a_check(
    file: Path, tmp_path: Path, spoil: object, kind: type[ParleyError], said: str
) -> None:
    """Damaged, cut off, foreign, empty or newer: it is named in one line, and the database stays as it is."""
    saved = tmp_path / "one.db"
    await back_up(url_of(file), saved)
    spoil(saved)  # type: ignore[operator]
    before = dump(file)
    assert said in await refused(kind, restore(url_of(file), saved, force=True, now=NOW))
    assert dump(file) == before
    assert names(file.parent) == ["parley.db"]


@pytest.mark.parametrize("spoil", [_damage, lambda file: file.write_text("Dear diary, " * 999)])
async def test_a_damaged_database_can_be_replaced_and_is_kept(file: Path, tmp_path: Path, spoil: object) -> None:
    """What backups are for: the damaged file goes aside as it is, and the backup takes its place."""
    saved = tmp_path / "one.db"
    await back_up(url_of(file), saved)
    spoil(file)  # type: ignore[operator]
    damaged = bytes_of(file)
    assert "add --force" in await refused(FileRefused, restore(url_of(file), saved, now=NOW))
    done = await restore(url_of(file), saved, force=True, now=NOW)
    assert done.kept is not None
    assert bytes_of(done.kept)[100:] == damaged[100:]  # SQLite counts its own changes in the first hundred bytes
    assert dump(file) == dump(saved)


async def test_a_restore_that_breaks_off_leaves_the_database_as_it_was(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle of the copying, the next to open the database finds what it held before."""
    saved = tmp_path / "one.db"
    await back_up(url_of(file), saved)
    change(file, "INSERT INTO chats VALUES (7, 1)")
    before = dump(file)
    code = (
        "import os, sqlite3, sys\nfrom pathlib import Path\nfrom bot.storage import backup\n"
        "database, saved = map(Path, sys.argv[1:])\n"
        "with backup.held(database) as connection, sqlite3.connect(saved) as origin:\n"
        "    origin.backup(connection, pages=5, progress=lambda *_: os._exit(9))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    killed = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", code, str(file), str(saved)], env=environment, check=False
    )
    assert killed.returncode == 9
    assert dump(file) == before


async def test_the_database_is_no_backup_of_itself(file: Path) -> None:
    """Restoring a file over itself is a slip of the hand, and is named as one."""
    assert "is the database itself" in await refused(FileRefused, restore(url_of(file), file, force=True, now=NOW))


async def test_an_older_schema_is_restored_and_brought_up_at_the_next_start(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup of an older Parley is taken as it is; the next start migrates it like any older database."""
    saved = tmp_path / "one.db"
    await back_up(url_of(file), saved)
    later = tmp_path / "migrations"
    shutil.copytree(backup.MIGRATIONS, later)
    (later / "versions" / "later.py").write_text(
        f"from alembic import op\n\nrevision = 'later'\ndown_revision = {migrate.HEAD!r}\n\n\n"
        "def upgrade():\n    op.execute('CREATE TABLE added (x)')\n"
    )
    monkeypatch.setattr(backup, "MIGRATIONS", later)
    monkeypatch.setattr(migrate, "_FOLDER", later)
    old, head = migrate.HEAD, "later"
    monkeypatch.setattr(migrate, "HEAD", head)
    fresh = tmp_path / "fresh.db"
    done = await restore(url_of(fresh), saved, now=NOW)
    assert (done.holding.version, done.holding.newest) == (old, False)
    database = Database(url_of(fresh))
    try:
        await migrate.migrate(database)
        async with database.read() as connection:
            assert len(await records.current(connection)) == 19
    finally:
        await database.close()
    assert backup.inspect(fresh).newest
    assert query(fresh, "SELECT count(*) FROM added") == [(0,)]


async def test_a_backup_before_an_upgrade_does_not_upgrade(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Backing up changes nothing in the database: an operator backs up before the new version touches it."""
    before = dump(file)
    monkeypatch.setattr(migrate, "HEAD", "later")
    made = await back_up(url_of(file), tmp_path / "one.db")
    assert not made.holding.newest
    assert dump(file) == before


async def test_a_backup_on_a_medium_that_cannot_be_written_restores(file: Path, tmp_path: Path) -> None:
    """Checking and reading a backup makes nothing beside it."""
    folder = tmp_path / "medium"
    folder.mkdir()
    saved = folder / "one.db"
    await back_up(url_of(file), saved)
    change(saved, "PRAGMA journal_mode = WAL")  # as a plain copy of a database would be
    shutil.copy(saved, folder / "two.db")
    folder.chmod(0o555)
    try:
        await restore(url_of(file), folder / "two.db", force=True, now=NOW)
        assert names(folder) == ["one.db", "two.db"]
    finally:
        folder.chmod(0o755)
    assert backup.inspect(file).records == 19
