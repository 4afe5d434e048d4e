"""The driver: what SQLAlchemy gets of it, and how often it goes to its thread."""

import logging

import pytest
from sqlalchemy import insert, select, text, update

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.tables import publications
from tests.storage.opening import NOON


async def test_a_transaction_goes_to_the_thread_once_a_statement(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """Begin, two statements and commit are four ways there and back, the rows of the second included."""
    async with database.write() as connection:
        await connection.execute(select(publications))  # whatever a first connection needs is done
    with caplog.at_level(logging.DEBUG, logger="aiosqlite"):
        async with database.write() as connection:
            await connection.execute(insert(publications).values(recorded=NOON, author="a", note="n"))
            assert [row.author for row in await connection.execute(select(publications))] == ["a"]
        ways = sum(record.message.startswith("executing") for record in caplog.records)
    assert ways == 4


async def test_rows_counts_and_new_numbers_come_back(database: Database) -> None:
    """Many rows of one statement, the number of a new row, and how many rows a change touched."""
    async with database.write() as connection:
        new = [{"recorded": NOON, "author": name, "note": ""} for name in "abc"]
        await connection.execute(insert(publications), new)
        one = await connection.execute(insert(publications).values(recorded=NOON, author="d", note=""))
        assert one.inserted_primary_key == (4,)
        returned = await connection.execute(insert(publications).returning(publications.c.number), new)
        assert sorted(returned.scalars()) == [5, 6, 7]
        changed = await connection.execute(update(publications).where(publications.c.author == "a").values(note="x"))
        assert changed.rowcount == 2
        assert len((await connection.execute(select(publications))).all()) == 7


async def test_a_statement_that_fails_leaves_the_connection_usable(database: Database) -> None:
    """The driver's error becomes ours, what the transaction had written is taken back, and the next one works."""

    async def write() -> None:
        async with database.write() as connection:
            await connection.execute(insert(publications).values(recorded=NOON, author="a", note=""))
            await connection.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(StorageError):
        await write()
    async with database.write() as connection:
        assert (await connection.execute(select(publications))).all() == []
