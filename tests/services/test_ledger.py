"""The ledger's use: durable before a message is sent, and never in the way of an answer."""

import asyncio
import logging
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.app import App
from bot.commands.request import Chat, ChatKind, Reader, Request
from bot.domain.revision import RevisionRef
from bot.rendering.pages.trouble import UnrecordedPage
from bot.services.ledger import Ledger
from bot.storage.database import Database
from bot.storage.ledger import Telling, Told
from tests.domain.examples import process, source
from tests.storage.opening import NOON, opened, publish, url_of

REF = RevisionRef(2, 1)


@pytest.fixture(autouse=True)
async def _published(database: Database) -> None:
    """Publish what messages tell here."""
    await publish(database, process(parties=()), source())


def _chats(connection: Connection) -> list[int]:
    return list(connection.exec_driver_sql("SELECT chat FROM ledger ORDER BY chat").scalars())


def telling(chat: int = 7) -> Telling:
    """Return what a message is about to tell."""
    return Telling(NOON, chat, f"/start {chat}", "en", (REF,))


async def test_an_entry_is_durable_before_it_is_given(database: Database, file: Path) -> None:
    """Whoever opens the file in the instant that the entry is given finds it there."""
    entry = await Ledger(database).enter(telling())
    other = sqlite3.connect(file)
    try:
        assert other.execute("SELECT id, chat, line FROM ledger").fetchall() == [(entry, 7, "/start 7")]
    finally:
        other.close()


async def test_what_a_message_told_is_found_once_it_is_confirmed(database: Database) -> None:
    """By the message's number, or, without one, as the newest of the chat."""
    ledger = Ledger(database)
    entry = await ledger.enter(telling())
    assert entry is not None
    assert await ledger.told(7, 100) is None
    await ledger.confirm(entry, 100)
    assert await ledger.told(7, 100) == await ledger.told(7, None) == Told("/start 7", (REF,))
    assert await ledger.told(8, None) is None


async def test_many_chats_at_one_instant_each_get_their_own_entry(database: Database) -> None:
    """A hundred tellings and confirmations at once, and each message told what its own chat asked."""
    ledger = Ledger(database)

    async def answer(chat: int) -> None:
        entry = await ledger.enter(telling(chat))
        assert entry is not None
        await ledger.confirm(entry, 1000 + chat)

    await asyncio.gather(*(answer(chat) for chat in range(100)))
    for chat in range(100):
        assert await ledger.told(chat, 1000 + chat) == Told(f"/start {chat}", (REF,))


async def test_closing_the_database_waits_for_what_was_handed_in(database: Database) -> None:
    """Entries and confirmations that wait at the end are written before it returns."""
    ledger = Ledger(database)
    first = await ledger.enter(telling())
    assert first is not None
    tasks = [asyncio.create_task(ledger.enter(telling(8))), asyncio.create_task(ledger.confirm(first, 100))]
    await asyncio.sleep(0)
    await database.close()
    assert await ledger.told(7, 100) == Told("/start 7", (REF,))
    async with database.read() as connection:
        assert await connection.run_sync(_chats) == [7, 8]
    await asyncio.gather(*tasks)


async def test_a_ledger_that_cannot_be_written_gives_no_entry_and_says_so(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the file may only be read, a telling gets None, the log the reason, and what was told is still found."""
    async with opened(file) as writable:
        await Ledger(writable).enter(telling())
        await Ledger(writable).confirm(1, 99)
    read_only = Database(f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true")
    try:
        ledger = Ledger(read_only)
        with caplog.at_level(logging.ERROR):
            assert await asyncio.gather(*(ledger.enter(telling(chat)) for chat in (1, 2, 3))) == [None] * 3
            await ledger.confirm(1, 100)
        assert "The ledger took no entry, so corrections cannot reach this message" in caplog.text
        assert "Ledger entry 1 could not be confirmed" in caplog.text
        assert "cannot be written: check its permissions" in caplog.text
        assert await ledger.told(7, None) == Told("/start 7", (REF,))
    finally:
        await read_only.close()


async def test_a_ledger_that_recovers_takes_entries_again(database: Database, file: Path) -> None:
    """A failure is not for ever: once its table is back, the next telling is entered."""
    ledger = Ledger(database)

    def rename(old: str, new: str) -> None:
        other = sqlite3.connect(file)
        try:
            other.execute(f"ALTER TABLE {old} RENAME TO {new}")
            other.commit()
        finally:
            other.close()

    await asyncio.to_thread(rename, "ledger", "lost")
    assert await ledger.enter(telling()) is None
    await asyncio.to_thread(rename, "lost", "ledger")
    assert await ledger.enter(telling()) is not None


async def test_a_database_that_is_not_there_gives_no_entry(tmp_path: Path) -> None:
    """A folder in the database's place is no reason not to answer."""
    database = Database(url_of(tmp_path))
    try:
        assert await Ledger(database).enter(telling()) is None
    finally:
        await database.close()


async def test_a_reader_is_answered_though_the_ledger_fails(app: App) -> None:
    """The answer comes, with the word that corrections cannot reach it; no entry is claimed."""
    async with app.database.write() as connection:
        await connection.run_sync(lambda sync: sync.exec_driver_sql("ALTER TABLE ledger RENAME TO lost"))
    request = Request(Reader(1, "Ann", "en"), Chat(1, ChatKind.PRIVATE), "brief", "", NOON)
    (owed,) = (await app.router.answer(request)).owed
    assert owed.entry is None
    assert owed.message.tells
    assert owed.message.html.endswith(app.parts.templates.render(UnrecordedPage(), "en"))
