"""The outbox: who is owed what, by when, how often, and until when it is remembered."""

from datetime import timedelta

import pytest

from bot.domain.base import Kind
from bot.domain.revision import Change
from bot.services import delivery as delivery_module
from bot.services import retention as retention_module
from bot.services.broadcast import write_bulletin
from bot.services.delivery import LEASE, Delivery
from bot.services.publish import publish
from bot.services.retention import Retention, erase_expired
from bot.services.subscribe import Subscriptions
from bot.storage.database import Database
from bot.storage.outbox import State
from bot.storage.records import NewRevision
from tests.domain.examples import process, source
from tests.storage.opening import NOON

LATER = NOON + timedelta(hours=1)


@pytest.fixture
async def delivery(database: Database) -> Delivery:
    """Return the outbox of a process that three chats follow."""
    new = [NewRevision(record, Change.UPDATE, "") for record in (process(parties=()), source())]
    await publish(database, new, author="a", note="", now=NOON)
    for chat in (11, 12, 13):
        await Subscriptions(database).start(chat, (Kind.PROCESS, "talks"), "en", NOON)
    return await Delivery.open(database)


async def bulletin(database: Database) -> None:
    """Owe a bulletin to all who follow by NOON."""
    async with database.write() as connection:
        await write_bulletin(connection, "talks", "Hello", author="a", now=NOON)


async def fill(delivery: Delivery) -> None:
    """Make all owed messages."""
    while await delivery.fill(NOON):
        pass


async def test_an_audience_is_filled_in_steps_once(
    delivery: Delivery, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However small the steps, each chat that followed in time is owed one message; one that is gone is owed none."""
    monkeypatch.setattr(delivery_module, "_FILL", 1)
    await delivery.unreachable(12, "blocked", NOON)
    await bulletin(database)
    await Subscriptions(database).start(14, (Kind.PROCESS, "talks"), "en", LATER)
    assert await delivery.waiting(NOON)
    await fill(delivery)
    await fill(delivery)
    assert [owed.chat for owed in await delivery.claim(10, NOON)] == [11, 13]
    assert await Subscriptions(database).count("talks") == 3


async def test_a_claimed_message_is_nobody_elses_until_its_lease_ends(delivery: Delivery, database: Database) -> None:
    """Claimed twice at once, a message goes out once; after the lease it is claimed again, at no cost to its tries."""
    await bulletin(database)
    await fill(delivery)
    first = await delivery.claim(2, NOON)
    second = await delivery.claim(10, NOON)
    assert [owed.chat for owed in first] == [11, 12]
    assert [owed.chat for owed in second] == [13]
    assert not await delivery.waiting(NOON)
    await delivery.sent(first[0], (), NOON)
    again = await delivery.claim(10, NOON + LEASE)
    assert [(owed.chat, owed.tries) for owed in again] == [(12, 0), (13, 0)]


async def test_what_fails_five_times_is_called_failed(delivery: Delivery, database: Database) -> None:
    """Each failure makes the next try later; the fifth is the last."""
    await bulletin(database)
    await fill(delivery)
    await delivery.unreachable(12, "blocked", NOON)
    await delivery.unreachable(13, "blocked", NOON)
    now = NOON
    for _ in range(5):
        (owed,) = await delivery.claim(10, now)
        await delivery.failed(owed, "server error", now)
        assert not await delivery.waiting(now)
        now += timedelta(hours=1)
    counts = await delivery.counts()
    assert (counts[State.FAILED], counts[State.GIVEN_UP], await delivery.owed()) == (1, 2, 0)


async def test_a_server_in_trouble_is_waited_for(delivery: Delivery, database: Database) -> None:
    """What the network or Telegram's servers fail goes on being tried for hours, at most ten minutes apart."""
    await bulletin(database)
    await fill(delivery)
    now = NOON
    for _ in range(50):
        owed = (await delivery.claim(1, now))[0]
        await delivery.failed(owed, "Bad Gateway", now, lasting=False)
        now += timedelta(minutes=10)
    assert (await delivery.counts())[State.FAILED] == 0
    assert now - NOON > timedelta(hours=8)


async def test_gone_chats_are_known_after_a_restart_until_they_are_back(delivery: Delivery, database: Database) -> None:
    """What one process learnt of a chat the next one knows."""
    await delivery.unreachable(12, "blocked", NOON)
    reopened = await Delivery.open(database)
    assert reopened.gone == {12}
    await reopened.back(12, NOON)
    assert (await Delivery.open(database)).gone == set()


async def test_deliveries_are_erased_when_their_time_is_up(
    delivery: Delivery, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is settled goes with the ledger's age, a slice at a time; what is still owed stays owed."""
    monkeypatch.setattr(retention_module, "_SLICE", 1)
    await bulletin(database)
    await fill(delivery)
    for owed in await delivery.claim(2, NOON):
        await delivery.sent(owed, (), NOON)
    assert await erase_expired(database, Retention(), NOON + timedelta(days=365)) == 0
    assert await erase_expired(database, Retention(), NOON + timedelta(days=366)) == 2
    assert await delivery.owed() == 1
