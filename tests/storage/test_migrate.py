"""Migrations: from nothing to today's tables, once, in one transaction, and never backwards."""

import asyncio
import re
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from bot.errors import NewerDatabase, OperatorError, StorageError
from bot.storage import migrate as migrate_module
from bot.storage.database import Database
from bot.storage.migrate import HEAD, migrate
from bot.storage.tables import metadata
from tests.storage.opening import opened, run_module, url_of


def contents(file: Path) -> list[tuple[object, ...]]:
    """Return the definition of all that the file holds."""
    connection = sqlite3.connect(file)
    try:
        return sorted(connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall(), key=str)
    finally:
        connection.close()


def fill(file: Path, *statements: str) -> None:
    """Write to the file as another program would."""
    connection = sqlite3.connect(file)
    try:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    finally:
        connection.close()


async def failing(file: Path) -> OperatorError:
    """Return the error that migrating the file gives, after closing it."""
    database = Database(url_of(file))
    try:
        with pytest.raises(OperatorError) as caught:
            await migrate(database)
    finally:
        await database.close()
    assert "\n" not in str(caught.value)
    return caught.value


async def test_migrating_from_nothing_gives_the_tables_as_they_are_today(file: Path) -> None:
    """A migrated file and tables.py agree on tables, columns, types, indexes, constraints and their actions."""
    async with opened(file):
        pass

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            assert differences(connection) == []
    finally:
        engine.dispose()


async def test_migrated_tables_are_written_like_those_made_at_once(file: Path, tmp_path: Path) -> None:
    """What comparing leaves out (primary keys, checks, AUTOINCREMENT, ON DELETE) is the same too, table by table."""
    async with opened(file):
        pass
    direct = tmp_path / "direct.db"
    engine = create_engine(f"sqlite:///{direct}")
    try:
        metadata.create_all(engine)
    finally:
        engine.dispose()

    def normal(path: Path) -> dict[object, list[str]]:
        rows = [row for row in contents(path) if row[1] != "alembic_version" and row[2]]
        # Columns added later stand on the line of the closing bracket.
        lines = {row[1]: [line.strip(" \t,)") for line in re.split(r"\n|, (?=part )", str(row[2]))] for row in rows}
        return {name: sorted(filter(None, found)) for name, found in lines.items()}

    assert normal(file) == normal(direct)


async def test_migrating_again_changes_nothing(file: Path) -> None:
    """A second start finds the tables as it left them, and writes nothing."""
    async with opened(file) as database:
        before = contents(file)
        changes = sqlite3.connect(file)
        try:
            version = changes.execute("PRAGMA data_version").fetchone()
            await migrate(database)
            assert changes.execute("PRAGMA data_version").fetchone() == version
        finally:
            changes.close()
    assert contents(file) == before


def test_the_newest_script_is_the_head() -> None:
    """HEAD names the last migration of one unbroken line."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate_module.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_a_newer_database_is_refused(file: Path) -> None:
    """A version that this Parley does not know is named, with what to do, and nothing in it is changed."""
    async with opened(file):
        pass
    fill(file, "UPDATE alembic_version SET version_num = '9999'")
    before = contents(file)
    error = await failing(file)
    assert type(error) is NewerDatabase
    assert str(error) == (
        f"The database {file} was written by a newer Parley (version 9999, this one knows up to {HEAD}): "
        "upgrade Parley, or name another database."
    )
    assert not error.retry
    assert contents(file) == before


async def test_a_file_of_another_program_is_refused(file: Path) -> None:
    """A database whose tables are not Parley's is left as it is."""
    fill(file, "CREATE TABLE birds (name TEXT)")
    before = contents(file)
    error = await failing(file)
    assert str(error) == f"The database {file} holds tables that are not Parley's: name another file."
    assert contents(file) == before


async def test_what_is_no_database_is_refused(file: Path) -> None:
    """A file that SQLite cannot read is left as it is."""
    diary = b"Dear diary, today I opened the wrong file.\n" * 200
    await asyncio.to_thread(file.write_bytes, diary)
    error = await failing(file)
    assert str(error) == f"{file} is no database of Parley's, or it is damaged: name another or restore a backup."
    assert await asyncio.to_thread(file.read_bytes) == diary


@pytest.mark.parametrize("name", ["missing/test.db", "a-file/test.db", "."])
async def test_a_database_that_cannot_be_opened_says_where_to_look(tmp_path: Path, name: str) -> None:
    """A missing folder, a file in a folder's place, or a folder in the file's: one line that names the setting."""
    (tmp_path / "a-file").touch()
    await asyncio.to_thread(int)  # starts the event loop's own pool, whose thread stays
    running = threading.active_count()
    error = await failing(tmp_path / name)
    assert threading.active_count() == running, "the driver's thread has outlived the error"
    assert type(error) is StorageError
    assert "cannot be opened: check that its folder exists" in str(error)
    assert "PARLEY_DATABASE_URL" in str(error)


async def test_a_database_that_may_only_be_read_says_so(file: Path) -> None:
    """Where nothing can be written, the message names the file and its permissions."""
    fill(file, "CREATE TABLE gone (x)", "DROP TABLE gone")
    database = Database(f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true")
    try:
        with pytest.raises(StorageError, match="cannot be written: check its permissions and those of its folder"):
            await migrate(database)
    finally:
        await database.close()


async def test_a_failing_migration_leaves_nothing_behind(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables and version are one transaction: a migration that breaks off leaves an empty file, and can be repeated."""
    folder = file.parent / "migrations"
    await asyncio.to_thread(shutil.copytree, Path(migrate_module.__file__).parent / "migrations", folder)
    broken = (
        f"from alembic import op\n\nrevision = 'broken'\ndown_revision = '{HEAD}'\n\n\n"
        "def upgrade():\n    op.execute('CREATE TABLE half (x)')\n    op.drop_table('nowhere')\n"
    )
    await asyncio.to_thread((folder / "versions" / "broken.py").write_text, broken)
    with monkeypatch.context() as patch:
        patch.setattr(migrate_module, "_FOLDER", folder)
        patch.setattr(migrate_module, "HEAD", "broken")
        error = await failing(file)
    assert "nowhere" in str(error)
    assert contents(file) == []
    async with opened(file):
        assert contents(file)


async def test_processes_that_start_at_once_migrate_once(file: Path) -> None:
    """Two processes that find no database at the same instant all end up with today's tables."""
    results = await asyncio.gather(*(run_module("tests.storage.other_process", file, "migrate") for _ in range(2)))
    assert results == [(0, "done\n")] * 2
    async with opened(file):
        assert contents(file)


async def test_whoever_opens_a_new_file_waits_for_another_who_does(file: Path) -> None:
    """SQLite fails at once where it cannot change a new file to WAL because another writes to it: we try again."""

    async def migrated() -> None:
        async with opened(file):
            pass

    other = sqlite3.connect(file, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        task = asyncio.create_task(migrated())
        done, _ = await asyncio.wait([task], timeout=0.1)
        assert not done
        other.execute("ROLLBACK")
        await task
    finally:
        other.close()
    assert contents(file)
