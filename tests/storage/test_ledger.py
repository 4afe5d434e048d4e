"""The ledger: what each message told."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.revision import RevisionRef
from bot.errors import StorageError
from bot.storage import ledger
from bot.storage.database import Database
from bot.storage.ledger import Confirmed, Telling, Told
from tests.domain.examples import process, source
from tests.storage.opening import NOON, publish

PROCESS, SOURCE = RevisionRef(1, 1), RevisionRef(2, 1)


@pytest.fixture(autouse=True)
async def _published(database: Database) -> None:
    """Publish the two records that messages tell here."""
    assert await publish(database, process(parties=()), source()) == (PROCESS, SOURCE)


def telling(chat: int, line: str, *tells: RevisionRef, told: datetime = NOON) -> Telling:
    """Return what a message to the chat is about to tell."""
    return Telling(told, chat, line, "en", tells)


async def add(database: Database, *tellings: Telling) -> tuple[int, ...]:
    """Add the tellings in one transaction."""
    async with database.write() as connection:
        return await ledger.add(connection, tellings)


async def confirm(database: Database, *confirmed: Confirmed) -> None:
    """Confirm in one transaction."""
    async with database.write() as connection:
        await ledger.confirm(connection, confirmed)


async def told_by(database: Database, chat: int, message: int) -> Told | None:
    """Return what the message told."""
    async with database.read() as connection:
        return await ledger.told_by(connection, chat, message)


async def last_told(database: Database, chat: int) -> Told | None:
    """Return what the chat was told last."""
    async with database.read() as connection:
        return await ledger.last_told(connection, chat)


async def test_a_confirmed_message_is_found_with_all_that_it_told(database: Database) -> None:
    """By chat and message the ledger knows the command line that made it and the revisions it carried."""
    (entry,) = await add(database, telling(7, "/brief", PROCESS, SOURCE))
    assert await told_by(database, 7, 100) is None
    await confirm(database, Confirmed(entry, 100))
    assert await told_by(database, 7, 100) == Told("/brief", (PROCESS, SOURCE))
    assert await told_by(database, 8, 100) is None
    assert await told_by(database, 7, 101) is None


async def test_entries_come_back_in_the_order_of_their_tellings(database: Database) -> None:
    """In a large group each telling gets the entry that is its own."""
    entries = await add(database, *(telling(chat, f"/start {chat}", SOURCE) for chat in range(500)))
    await confirm(database, *(Confirmed(entry, 1000 + chat) for chat, entry in enumerate(entries)))
    for chat in (0, 1, 250, 499):
        assert await told_by(database, chat, 1000 + chat) == Told(f"/start {chat}", (SOURCE,))


async def test_a_message_whose_page_was_turned_told_what_it_shows_now(database: Database) -> None:
    """A message edited in place has two entries; the newer one counts."""
    first, second = await add(database, telling(7, "/sources 1", SOURCE), telling(7, "/sources 2", PROCESS))
    await confirm(database, Confirmed(first, 100), Confirmed(second, 100))
    assert await told_by(database, 7, 100) == Told("/sources 2", (PROCESS,))


async def test_the_newest_message_of_a_chat_that_told_anything_is_found(database: Database) -> None:
    """What a chat was told last: the newest message that was sent and told a record; not one that never went out."""
    assert await last_told(database, 7) is None
    lines = (("/one", SOURCE), ("/two", PROCESS))
    first, second = await add(database, *(telling(7, line, ref) for line, ref in lines))
    await confirm(database, Confirmed(first, 100))
    assert await last_told(database, 7) == Told("/one", (SOURCE,))
    (silent,) = await add(database, telling(7, "/report on 1.1"))
    await confirm(database, Confirmed(second, 101), Confirmed(silent, 102))
    assert await last_told(database, 7) == Told("/two", (PROCESS,))
    assert await last_told(database, 8) is None


async def test_a_message_that_tells_no_record_may_stand_in_the_ledger(database: Database) -> None:
    """The question what is wrong is kept by its line, to know a reply to it."""
    (entry,) = await add(database, telling(7, "/report on 1.1"))
    await confirm(database, Confirmed(entry, 100))
    assert await told_by(database, 7, 100) == Told("/report on 1.1", ())


@pytest.mark.parametrize("ref", [RevisionRef(1, 2), RevisionRef(99, 1)])
async def test_what_was_never_published_cannot_have_been_told(database: Database, ref: RevisionRef) -> None:
    """A telling of an unknown revision is refused, with all others of its group."""
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        await add(database, telling(7, "/brief", PROCESS), telling(8, "/brief", ref))
    assert await last_told(database, 7) is None


async def test_old_entries_are_erased_with_what_they_told(database: Database) -> None:
    """What is older than the instant goes, row and revisions; what is of that instant stays."""
    day = timedelta(days=1)
    tellings = (telling(1, "/old", PROCESS, SOURCE, told=NOON - day), telling(2, "/new", PROCESS, SOURCE))
    old, new = await add(database, *tellings)
    await confirm(database, Confirmed(old, 100), Confirmed(new, 100))
    async with database.write() as connection:
        assert await ledger.purge(connection, NOON, 10) == 1
        assert await ledger.purge(connection, NOON, 10) == 0
        left = await connection.execute(text("SELECT DISTINCT ledger FROM ledger_tells"))
        assert left.scalars().all() == [new]
    assert await last_told(database, 1) is None
    assert await last_told(database, 2) == Told("/new", (PROCESS, SOURCE))


async def test_confirming_an_entry_that_was_erased_changes_nothing(database: Database) -> None:
    """A confirmation that comes after the entry's time falls on no other message."""
    old, _ = await add(database, telling(1, "/old", SOURCE, told=NOON - timedelta(days=1)), telling(2, "/new", SOURCE))
    async with database.write() as connection:
        await ledger.purge(connection, NOON, 10)
    await confirm(database, Confirmed(old, 100))
    assert await told_by(database, 1, 100) is None
    assert await told_by(database, 2, 100) is None


async def test_chats_and_messages_may_be_as_large_as_telegrams(database: Database) -> None:
    """Ids of up to 52 bits, and negative ones of groups, are kept whole."""
    chat, message = -1002147483648123, 2**51
    (entry,) = await add(database, telling(chat, "/brief", SOURCE))
    await confirm(database, Confirmed(entry, message))
    assert await told_by(database, chat, message) == Told("/brief", (SOURCE,))
