"""A full disk: reading goes on, writing says so, and what was owed goes out when there is room again."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.revision import Change
from bot.errors import StorageError
from bot.services.broadcast import write_bulletin
from bot.services.delivery import Delivery
from bot.services.publish import publish
from bot.storage import records
from bot.storage.database import Database
from bot.storage.outbox import State
from bot.storage.records import NewRevision
from tests.domain.examples import process, source
from tests.storage.opening import NOON

READERS = 400
FULL, ROOMY = 1, 2**30  # pages; SQLite takes fewer than there are for as many as there are


async def limit(database: Database, pages: int) -> None:
    """Let the file have that many pages: SQLite then says that the disk is full, as it does where it is."""
    async with database._writer.connect() as connection:
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))


async def test_nothing_owed_is_lost_to_a_full_disk(database: Database, file: Path) -> None:
    """Filled up while owed messages are made: each failure leaves what was, and with room all get theirs, once."""
    new = [NewRevision(record, Change.UPDATE, "") for record in (process(parties=()), source())]
    await publish(database, new, author="a", note="", now=NOON)
    delivery = await Delivery.open(database)
    with closing(sqlite3.connect(file)) as plain:
        (target,) = plain.execute("SELECT id FROM records WHERE slug = 'talks'").fetchone()
        chats = range(1, READERS + 1)
        plain.executemany(
            "INSERT INTO subscriptions (chat, target, mode, after, since) VALUES (?, ?, 'at once', 0, '2025-03-20')",
            [(chat, target) for chat in chats],
        )
        plain.executemany(
            "INSERT INTO followers VALUES (?, 'en', 'UTC', 8, 0, 0, 0, NULL, 0, 0, 0, NULL, NULL)",
            [(chat,) for chat in chats],
        )
        plain.commit()
    async with database.write() as connection:
        await write_bulletin(connection, "talks", "Hello", author="a", now=NOON)
    await limit(database, FULL)
    with pytest.raises(StorageError, match="is full: make room"):
        await delivery.fill(NOON)
    async with database.read() as connection:
        assert len(await records.current(connection)) == 2
    assert (await delivery.counts())[State.OWED] == 0
    assert await delivery.waiting(NOON)
    await limit(database, ROOMY)
    while await delivery.fill(NOON):
        pass
    claimed = await delivery.claim(2 * READERS, NOON)
    assert sorted(item.chat for item in claimed) == list(chats)

    await asyncio.gather(*(delivery.sent(item, (), NOON) for item in claimed))
    assert (await delivery.counts())[State.SENT] == READERS
    assert not await delivery.claim(10, NOON)
