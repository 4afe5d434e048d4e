"""Whom a change would reach, counted before it is published."""

from datetime import timedelta

from bot.domain.base import Kind
from bot.domain.following import Mode
from bot.domain.record import Record
from bot.domain.revision import Change, RevisionRef
from bot.services.publish import publish
from bot.services.reach import Reach, reach
from bot.services.subscribe import Subscriptions
from bot.storage import ledger, subscriptions
from bot.storage.database import Database
from bot.storage.ledger import Confirmed, Telling
from bot.storage.records import NewRevision
from tests.domain.examples import agreement, party, process, question, source
from tests.storage.opening import NOON


async def told(database: Database, chat: int, *refs: RevisionRef, inline: str | None = None, days: int = 0) -> None:
    """Note in the ledger that a message told these revisions so many days ago."""
    telling = Telling(NOON - timedelta(days=days), chat, "/start q_x", "en", refs, inline)
    async with database.write() as connection:
        (entry,) = await ledger.add(connection, [telling])
        if inline is None:
            await ledger.confirm(connection, [Confirmed(entry, entry)])


async def test_reach_counts_messages_readers_and_followers_once(database: Database) -> None:
    """Messages that told a wrong revision, the chats they stand in, and whoever follows what is changed."""
    world = (process(parties=()), party(), source(), question(), agreement())
    refs = (
        await publish(database, [NewRevision(item, Change.UPDATE, "") for item in world], author="a", note="", now=NOON)
    ).refs
    first = refs[3]
    (reworded,) = (
        await publish(database, [NewRevision(question(), Change.MINOR, "")], author="a", note="", now=NOON)
    ).refs
    await told(database, 1, first)
    await told(database, 1, reworded)
    await told(database, 2, reworded, refs[0])
    await told(database, 3, refs[0])
    await told(database, 4, first, days=91)
    await told(database, 0, first, inline="abc")
    for chat in (1, 7):
        await Subscriptions(database).start(chat, (Kind.PROCESS, "talks"), "en", NOON)
    async with database.write() as connection:
        pause = await subscriptions.target_named(connection, agreement().kind, "pause")
        for chat, target, mode in ((7, None, Mode.DAILY), (8, None, Mode.CORRECTIONS), (9, pause, Mode.WEEKLY)):
            await subscriptions.add(connection, chat, target, mode, after=0, now=NOON)
        await subscriptions.mark_gone(connection, 2, "blocked", NOON)
    async with database.read() as connection:

        async def of(record: Record, change: Change, since: int | None = None) -> Reach:
            return await reach(connection, [NewRevision(record, change, "", since)], now=NOON)

        assert await of(question(), Change.MINOR) == Reach(0, 0, 0)
        assert await of(question(), Change.UPDATE) == Reach(0, 0, 2)
        # A minor revision keeps the fault of the one before; a named one is taken at its word; blocked is not reached.
        assert await of(question(), Change.CORRECTION) == Reach(3, 1, 3)
        assert await of(question(), Change.CORRECTION, 2) == Reach(1, 1, 3)
        assert await of(agreement(), Change.UPDATE) == Reach(0, 0, 3)
        assert await of(question("new-one"), Change.UPDATE) == Reach(0, 0, 2)
