"""The database: one writer, several readers, and what a failure looks like."""

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import StatementError

from bot.errors import SettingsError, StorageBusy, StorageError
from bot.storage import database as database_module
from bot.storage import records
from bot.storage.database import Database
from bot.storage.tables import publications
from tests.domain.examples import process, source
from tests.storage.opening import NOON, ROOT, opened, publish, run_module, url_of

OTHER = "tests.storage.other_process"


async def count(database: Database) -> int:
    """Return the number of publications."""
    async with database.read() as connection:
        return await records.publication_number(connection)


async def write(database: Database, now: datetime = NOON) -> None:
    """Write one publication."""
    async with database.write() as connection:
        await connection.execute(insert(publications).values(recorded=now, author="a", note="n"))


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 5000)]
)
async def test_the_promises_of_sqlite_are_in_force_on_every_connection(
    database: Database, pragma: str, value: object
) -> None:
    """Write-ahead log, foreign keys, a full sync and the wait for others hold on the writer and on all readers."""
    found = []
    async with database.write() as connection:
        found.append(await connection.scalar(text(f"PRAGMA {pragma}")))
    async with database.read() as first, database.read() as second, database.read() as third, database.read() as last:
        found.extend([await reader.scalar(text(f"PRAGMA {pragma}")) for reader in (first, second, third, last)])
    assert found == [value] * 5


async def test_fifty_tasks_that_write_at_once_lose_nothing(database: Database) -> None:
    """Writers take turns: each of fifty reads what is there and adds one, and no two read the same."""

    async def one() -> None:
        async with database.write() as connection:
            number = await records.publication_number(connection)
            await asyncio.sleep(0)
            await connection.execute(insert(publications).values(recorded=NOON, author=str(number), note=""))

    await asyncio.gather(*(one() for _ in range(50)))
    async with database.read() as connection:
        seen = (await connection.scalars(select(publications.c.author))).all()
    assert sorted(map(int, seen)) == list(range(50))


async def test_processes_that_write_at_once_lose_nothing(file: Path) -> None:
    """Three processes publish the same records 15 times each: every revision is there, numbered without a gap."""
    async with opened(file) as database:
        results = await asyncio.gather(*(run_module(OTHER, file, "write", 15) for _ in range(2)), here(database, 15))
        assert results == [(0, "done\n"), (0, "done\n"), None]
        async with database.read() as connection:
            rows = await connection.execute(text("SELECT record, number, publication FROM revisions ORDER BY 1, 2"))
            found = [tuple(row) for row in rows]
    assert [(record, number) for record, number, _ in found] == [(r, n) for r in (1, 2) for n in range(1, 46)]
    assert [publication for record, _, publication in found if record == 1] == list(range(1, 46))


async def here(database: Database, times: int) -> None:
    """Publish as the other processes do."""
    for _ in range(times):
        await publish(database, process(parties=()), source())


async def test_a_read_sees_one_state_whatever_is_written_meanwhile(database: Database) -> None:
    """A reader that began before a publication does not see it, nor half of it; the next reader does."""
    async with database.read() as connection:
        assert await records.publication_number(connection) == 0
        await publish(database, process(parties=()), source())
        assert await records.publication_number(connection) == 0
        assert await records.current(connection) == ()
    assert await count(database) == 1


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    """While a writer is at work readers see what was before."""
    async with database.write() as connection:
        await connection.execute(insert(publications).values(recorded=NOON, author="a", note="n"))
        assert await asyncio.wait_for(count(database), 2) == 0
    assert await count(database) == 1


async def test_what_is_written_through_a_reader_is_not_kept(database: Database) -> None:
    """Only the writer writes."""
    async with database.read() as connection:
        await connection.execute(insert(publications).values(recorded=NOON, author="a", note="n"))
    assert await count(database) == 0


async def test_an_error_undoes_all_of_a_write(database: Database) -> None:
    """What a failing writer has written is gone, its error is the caller's own, and the next writer is not held up."""

    async def failing() -> None:
        async with database.write() as connection:
            await connection.execute(insert(publications).values(recorded=NOON, author="a", note="n"))
            raise KeyError

    with pytest.raises(KeyError):
        await failing()
    await asyncio.wait_for(write(database), 2)
    assert await count(database) == 1


async def test_a_cancelled_writer_leaves_nothing_and_holds_nobody_up(database: Database) -> None:
    """Cancelled in the middle of a statement, waiting its turn, or between: nothing is kept and the next can write."""

    async def slow() -> None:
        async with database.write() as connection:
            await connection.execute(insert(publications).values(recorded=NOON, author="a", note="n"))
            await asyncio.Event().wait()

    for yields in (0, 1, 2, 5, 20, 200):
        tasks = [asyncio.create_task(slow()), asyncio.create_task(slow())]
        for _ in range(yields):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert await count(database) == 0
    await asyncio.wait_for(write(database), 2)
    assert await count(database) == 1


async def test_a_database_held_by_another_process_says_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the busy timeout a writer is told who holds it and that trying again can help; then trying again does."""
    pragmas = [pragma for pragma in database_module._PRAGMAS if "busy" not in pragma]
    monkeypatch.setattr(database_module, "_PRAGMAS", ("PRAGMA busy_timeout = 50", *pragmas))
    async with opened(file) as database:
        other = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", OTHER, str(file), "hold"),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert other.stdout
        assert await other.stdout.readline() == b"held\n"
        try:
            with pytest.raises(StorageBusy, match="is held by another process for more than 5 s") as caught:
                await write(database)
            assert caught.value.retry
            assert await count(database) == 0
        finally:
            await other.communicate(b"")
        await write(database)
        assert await count(database) == 1


async def test_a_broken_rule_of_the_tables_is_a_storage_error(database: Database) -> None:
    """What SQLite refuses comes out as our error, in one line that names the database."""
    with pytest.raises(StorageError, match=r"test\.db failed: FOREIGN KEY constraint failed") as caught:
        async with database.write() as connection:
            await connection.execute(text("INSERT INTO chats VALUES (1, 99)"))
    assert "\n" not in str(caught.value)


async def test_times_are_kept_in_utc_and_given_back_with_their_zone(database: Database) -> None:
    """A time from another zone is the same instant when it is read."""
    await write(database, datetime(2025, 3, 20, 14, 0, tzinfo=timezone(timedelta(hours=2))))
    async with database.read() as connection:
        kept = await connection.scalar(select(publications.c.recorded))
        assert await connection.scalar(text("SELECT recorded FROM publications")) == "2025-03-20 12:00:00.000000"
    assert kept == NOON
    assert kept.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    """A naive time could mean any instant: writing one is a mistake, and nothing is written."""
    with pytest.raises(StatementError, match="2025-03-20"):
        await write(database, NOON.replace(tzinfo=None))
    assert await count(database) == 0


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "is no address of a database"),
        ("parley.db", "is no address of a database"),
        ("nosuch+driver:///x.db", "is no address of a database"),
        ("sqlite+aiosqlite://host:port/x", "is no address of a database"),
        ("sqlite:///parley.db", "names a driver that cannot work asynchronously"),
        ("sqlite+aiosqlite://", "must name a file"),
        ("sqlite+aiosqlite:///:memory:", "must name a file"),
    ],
)
def test_what_is_no_address_of_a_database_is_a_wrong_setting(url: str, problem: str) -> None:
    """The setting is named, what is wrong with it, and how to write it."""
    with pytest.raises(SettingsError) as caught:
        Database(url)
    assert f"PARLEY_DATABASE_URL {problem}" in str(caught.value)
    assert str(caught.value).endswith("write PARLEY_DATABASE_URL like sqlite+aiosqlite:///parley.db")


async def test_messages_name_the_file(file: Path) -> None:
    """A database is called by its file."""
    database = Database(url_of(file))
    assert database.name == str(file)
    await database.close()


async def test_the_interpreter_ends_when_the_database_is_closed(file: Path) -> None:
    """No connection stays open to keep the process from ending."""
    begun = time.monotonic()
    assert await run_module(OTHER, file, "exit") == (0, "done\n")
    assert time.monotonic() - begun < 10
