"""Group commit: whoever waits at one instant shares one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy import insert, select

from bot.storage.database import Database
from bot.storage.journal import Journal
from bot.storage.tables import publications
from tests.storage.opening import NOON


@dataclass
class Gate:
    """A commit that the test lets through, and that notes each group."""

    groups: list[list[int]] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None

    async def commit(self, items: Sequence[int]) -> Sequence[int]:
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


async def test_a_lone_writer_waits_for_nobody() -> None:
    """One item is a group of its own, and its result comes back."""
    gate = Gate()
    gate.open.set()
    journal = Journal(gate.commit)
    assert [await journal.write(1), await journal.write(2)] == [2, 4]
    assert gate.groups == [[1], [2]]


async def test_what_gathers_during_a_commit_is_written_together() -> None:
    """While one group is being written all others wait, and then share the next one, each with its own result."""
    gate = Gate()
    journal = Journal(gate.commit)
    tasks = [asyncio.create_task(journal.write(0))]
    await gate.begun.wait()
    tasks += [asyncio.create_task(journal.write(number)) for number in range(1, 100)]
    await settled()
    assert gate.groups == [[0]]
    gate.open.set()
    assert await asyncio.gather(*tasks) == [2 * number for number in range(100)]
    assert gate.groups == [[0], list(range(1, 100))]


async def test_an_error_reaches_every_waiter_of_its_group_and_no_other() -> None:
    """All whose group failed get the error; the next group is written."""
    gate = Gate(error=ValueError("disk full"))
    journal = Journal(gate.commit)
    failing = [asyncio.create_task(journal.write(number)) for number in range(5)]
    gate.open.set()
    results = await asyncio.gather(*failing, return_exceptions=True)
    assert [type(result) for result in results] == [ValueError] * 5
    gate.error = None
    assert await journal.write(7) == 14


@pytest.mark.parametrize("error", [None, ValueError("disk full")])
async def test_a_cancelled_caller_harms_nobody(error: Exception | None) -> None:
    """Its item is written with the others, who get their results, or their error, as if it were still there."""
    gate = Gate(error=error)
    journal = Journal(gate.commit)
    tasks = [asyncio.create_task(journal.write(number)) for number in range(3)]
    await gate.begun.wait()
    tasks[0].cancel()
    await settled()
    assert tasks[0].cancelled()
    gate.open.set()
    results = await asyncio.gather(*tasks[1:], return_exceptions=True)
    assert results == ([error] * 2 if error else [2, 4])
    assert gate.groups == [[0, 1, 2]]
    gate.error = None
    assert await journal.write(4) == 8


async def test_closing_waits_until_all_is_written() -> None:
    """What was handed in is written before close returns, also what gathered behind the group in hand."""
    gate = Gate()
    journal = Journal(gate.commit)
    tasks = [asyncio.create_task(journal.write(1))]
    await gate.begun.wait()
    tasks.append(asyncio.create_task(journal.write(2)))
    await settled()
    closing = asyncio.create_task(journal.close())
    await settled()
    assert not closing.done()
    gate.open.set()
    await closing
    assert gate.groups == [[1], [2]]
    assert await asyncio.gather(*tasks) == [2, 4]


async def test_closing_where_nothing_waits_returns_at_once() -> None:
    """An idle journal closes, before its first item and after its last."""
    gate = Gate()
    gate.open.set()
    journal = Journal(gate.commit)
    await journal.close()
    await journal.write(1)
    await journal.close()


async def test_a_thousand_writers_share_few_transactions(database: Database) -> None:
    """On a real file, a thousand tasks that write at once are durable after a handful of commits."""
    groups: list[int] = []

    async def commit(items: Sequence[int]) -> Sequence[int]:
        groups.append(len(items))
        async with database.write() as connection:
            rows = [{"recorded": NOON, "author": str(item), "note": ""} for item in items]
            await connection.execute(insert(publications), rows)
        return items

    journal = Journal(commit)
    assert await asyncio.gather(*(journal.write(number) for number in range(1000))) == list(range(1000))
    assert sum(groups) == 1000
    assert len(groups) <= 3
    async with database.read() as connection:
        kept = (await connection.scalars(select(publications.c.author))).all()
    assert sorted(map(int, kept)) == list(range(1000))
