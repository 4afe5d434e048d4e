"""Group commit: whoever waits at one instant shares one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.tables import publications
from tests.storage.opening import NOON


@dataclass
class Gate:
    """A commit that the test lets through, and that notes each group."""

    groups: list[list[int]] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None

    async def do(self, _: AsyncConnection, items: Sequence[int]) -> Sequence[int]:
        """Wait for the test, then give each item doubled, or fail."""
        self.groups.append(list(items))
        self.begun.set()
        await self.open.wait()
        if self.error:
            raise self.error
        return [2 * item for item in items]


async def settled() -> None:
    """Let every task that can go on do so."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_lone_writer_waits_for_nobody(database: Database) -> None:
    """One item is a group of its own, and its result comes back."""
    gate = Gate()
    gate.open.set()
    assert [await database.journal.write(gate.do, 1), await database.journal.write(gate.do, 2)] == [2, 4]
    assert gate.groups == [[1], [2]]


async def test_what_gathers_during_a_commit_is_written_together(database: Database) -> None:
    """While one group is being written all others wait, and then share the next one, each with its own result."""
    gate = Gate()
    tasks = [asyncio.create_task(database.journal.write(gate.do, 0))]
    await gate.begun.wait()
    tasks += [asyncio.create_task(database.journal.write(gate.do, number)) for number in range(1, 100)]
    await settled()
    assert gate.groups == [[0]]
    gate.open.set()
    assert await asyncio.gather(*tasks) == [2 * number for number in range(100)]
    assert gate.groups == [[0], list(range(1, 100))]


async def test_an_error_reaches_every_waiter_of_its_group_and_no_other(database: Database) -> None:
    """All whose group failed get the error; the next group is written."""
    gate = Gate(error=ValueError("disk full"))
    failing = [asyncio.create_task(database.journal.write(gate.do, number)) for number in range(5)]
    gate.open.set()
    results = await asyncio.gather(*failing, return_exceptions=True)
    assert [type(result) for result in results] == [ValueError] * 5
    gate.error = None
    assert await database.journal.write(gate.do, 7) == 14


@pytest.mark.parametrize("error", [None, ValueError("disk full")])
async def test_a_cancelled_caller_harms_nobody(database: Database, error: Exception | None) -> None:
    """Its item is written with the others, who get their results, or their error, as if it were still there."""
    gate = Gate(error=error)
    tasks = [asyncio.create_task(database.journal.write(gate.do, number)) for number in range(3)]
    await gate.begun.wait()
    tasks[0].cancel()
    await settled()
    assert tasks[0].cancelled()
    gate.open.set()
    results = await asyncio.gather(*tasks[1:], return_exceptions=True)
    assert results == ([error] * 2 if error else [2, 4])
    assert gate.groups == [[0, 1, 2]]
    gate.error = None
    assert await database.journal.write(gate.do, 4) == 8


async def test_closing_waits_until_all_is_written(database: Database) -> None:
    """What was handed in is written before close returns, also what gathered behind the group in hand."""
    gate = Gate()
    tasks = [asyncio.create_task(database.journal.write(gate.do, 1))]
    await gate.begun.wait()
    tasks.append(asyncio.create_task(database.journal.write(gate.do, 2)))
    await settled()
    closing = asyncio.create_task(database.journal.close())
    await settled()
    assert not closing.done()
    gate.open.set()
    await closing
    assert gate.groups == [[1], [2]]
    assert await asyncio.gather(*tasks) == [2, 4]


async def test_closing_where_nothing_waits_returns_at_once(database: Database) -> None:
    """An idle journal closes, before its first item and after its last."""
    gate = Gate()
    gate.open.set()
    await database.journal.close()
    await database.journal.write(gate.do, 1)
    await database.journal.close()


async def add_publications(connection: AsyncConnection, authors: Sequence[str | None]) -> Sequence[None]:
    """Write a row for each author; the database refuses one without."""
    await connection.execute(insert(publications), [{"recorded": NOON, "author": name, "note": ""} for name in authors])
    return ()


async def kept(database: Database) -> list[str]:
    """Return the authors of all rows."""
    async with database.read() as connection:
        return list(await connection.scalars(select(publications.c.author)))


async def test_a_thousand_writers_share_few_transactions(database: Database) -> None:
    """On a real file, a thousand tasks that write at once are durable after a handful of commits."""
    groups: list[int] = []

    async def count(connection: AsyncConnection, authors: Sequence[str]) -> Sequence[None]:
        groups.append(len(authors))
        return await add_publications(connection, authors)

    writes = (database.journal.write(count, str(number)) for number in range(1000))
    assert await asyncio.gather(*writes) == [None] * 1000
    assert sum(groups) == 1000
    assert len(groups) <= 3
    assert sorted(map(int, await kept(database))) == list(range(1000))


async def test_different_kinds_share_a_transaction(database: Database) -> None:
    """What waits at one instant is written together, each kind by itself, each caller with its own result."""
    gate = Gate()
    before = asyncio.create_task(database.journal.write(gate.do, 1))
    await gate.begun.wait()
    seen: list[AsyncConnection] = []

    async def note(connection: AsyncConnection, items: Sequence[str]) -> Sequence[str]:
        seen.append(connection)
        return [item.upper() for item in items]

    async def length(connection: AsyncConnection, items: Sequence[str]) -> Sequence[int]:
        seen.append(connection)
        return [len(item) for item in items]

    write = database.journal.write
    mixed = asyncio.gather(write(note, "a"), write(length, "bb"), write(note, "c"))
    await settled()
    gate.open.set()
    assert await before == 2
    assert list(await mixed) == ["A", 2, "C"]
    assert len(seen) == 2
    assert seen[0] is seen[1]


async def test_what_the_database_refuses_costs_only_its_own_caller(database: Database) -> None:
    """One row that breaks a rule of the database fails alone; those that waited with it are written."""
    authors = ["ann", None, "ben"]
    writes = (database.journal.write(add_publications, author) for author in authors)
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert [isinstance(result, StorageError) for result in results] == [False, True, False]
    assert await kept(database) == ["ann", "ben"]


async def test_closing_the_database_writes_what_the_journal_holds(database: Database) -> None:
    """What was handed in just before the end is there afterwards."""
    writing = asyncio.create_task(database.journal.write(add_publications, "ann"))
    await settled()
    await database.close()
    await writing
    assert await kept(database) == ["ann"]
