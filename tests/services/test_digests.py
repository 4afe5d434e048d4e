"""Digests, pauses and quiet hours: nothing is told twice, and nothing falls between two ways of telling."""

from datetime import datetime, timedelta

import pytest

from bot.domain.base import Kind
from bot.domain.following import Hours, Mode
from bot.domain.revision import Change
from bot.services import digests
from bot.services.broadcast import write_bulletin
from bot.services.delivery import Delivery
from bot.services.publish import publish
from bot.services.subscribe import Subscriptions
from bot.storage.database import Database
from bot.storage.outbox import State
from bot.storage.records import NewRevision
from tests.domain.examples import agreement, party, process, source
from tests.storage.opening import NOON

TALKS = (Kind.PROCESS, "talks")
PAUSE = (Kind.AGREEMENT, "pause")
DAY = timedelta(days=1)


@pytest.fixture
async def subscriptions(database: Database) -> Subscriptions:
    """Return the subscriptions of a house with a process and an agreement."""
    new = [NewRevision(record, Change.UPDATE, "") for record in (process(parties=()), source(), party(), agreement())]
    await publish(database, new, author="a", note="", now=NOON)
    return Subscriptions(database)


async def bulletin(database: Database, text: str = "Hello") -> int:
    """Owe a bulletin to who follows by now."""
    async with database.write() as connection:
        return await write_bulletin(connection, "talks", text, author="a", now=NOON)


async def owed(database: Database, now: datetime = NOON) -> list[tuple[int, str]]:
    """Make all that is owed and claim it; return chats and lines."""
    delivery = await Delivery.open(database)
    while await delivery.fill(now):
        pass
    while await digests.keep(database, now):
        pass
    claimed = await delivery.claim(100, now)
    for item in claimed:
        await delivery.sent(item, (), now)
    return sorted((item.chat, item.line) for item in claimed)


async def test_a_digest_tells_once_what_is_new(database: Database, subscriptions: Subscriptions) -> None:
    """Owed at its hour with all since the last one; with nothing new, nothing; retired meanwhile, it comes."""
    await subscriptions.start(1, TALKS, "en", NOON)
    await subscriptions.set_mode(1, TALKS, Mode.DAILY, NOON)
    await subscriptions.start(2, TALKS, "en", NOON)
    first, second = await bulletin(database), await bulletin(database)
    assert await owed(database) == [(2, f"/news {first}"), (2, f"/news {second}")]
    retired = [NewRevision(process(parties=()), Change.RETRACTION, "over")]
    await publish(database, retired, author="a", note="", now=NOON)
    tomorrow = (NOON + DAY).replace(hour=8)
    digest = await owed(database, tomorrow)
    assert [line for chat, line in digest if chat == 1] == [f"/digest 0 {second + 1} 1"]
    assert await owed(database, tomorrow + DAY) == []
    third = await bulletin(database)
    late = [line for chat, line in await owed(database, tomorrow + 2 * DAY) if chat == 1]
    assert late == [f"/digest {second + 1} {third} 1"]


async def test_between_two_ways_of_telling_nothing_is_lost_or_told_twice(
    database: Database, subscriptions: Subscriptions
) -> None:
    """Whoever changes the way gets what the old one owed, once; a pause ends with what was missed."""
    for chat in (1, 2):
        await subscriptions.start(chat, TALKS, "en", NOON)
    one = await bulletin(database)  # not made yet when the chat changes to a digest
    await subscriptions.set_mode(1, TALKS, Mode.DAILY, NOON)
    await subscriptions.pause(2, NOON + 7 * DAY, NOON)
    assert await owed(database) == [(1, f"/news {one}"), (2, f"/news {one}")]
    two = await bulletin(database)
    assert await owed(database) == []
    await subscriptions.set_mode(1, TALKS, Mode.AT_ONCE, NOON)
    assert await owed(database) == [(1, f"/digest {one} {two} 1")]
    three = await bulletin(database)
    assert await owed(database) == [(1, f"/news {three}")]
    assert await owed(database, NOON + 7 * DAY) == [(2, f"/digest {one} {three} 1")]
    four = await bulletin(database)
    assert await owed(database, NOON + 7 * DAY) == [(1, f"/news {four}"), (2, f"/news {four}")]


async def test_what_is_followed_decides_what_is_told(database: Database, subscriptions: Subscriptions) -> None:
    """A follower of an agreement hears of that alone; one of everything, of all; whoever ends it, of nothing owed."""
    await subscriptions.start(1, PAUSE, "en", NOON)
    await subscriptions.start(2, None, "en", NOON)
    await subscriptions.start(2, PAUSE, "en", NOON)
    await subscriptions.start(3, TALKS, "en", NOON)
    await subscriptions.start(4, (Kind.PARTY, "northland"), "en", NOON)
    changed = [NewRevision(agreement(title="The long pause"), Change.UPDATE, "")]
    await publish(database, changed, author="a", note="", now=NOON)
    delivery = await Delivery.open(database)
    while await delivery.fill(NOON):
        pass
    await subscriptions.end(3, TALKS, NOON)
    assert await owed(database) == [(1, "/news 1 4"), (2, "/news 1")]
    assert (await delivery.counts())[State.GIVEN_UP] == 1


async def test_quiet_hours_put_news_off_until_their_end(database: Database, subscriptions: Subscriptions) -> None:
    """Owed in quiet hours it comes when they end; changed, by the new ones; a clock put back is noticed."""
    await subscriptions.start(1, TALKS, "en", NOON)
    await subscriptions.set_hours(1, Hours(quiet_from=11, quiet_to=14), NOON)
    one = await bulletin(database)
    assert await owed(database) == []
    assert await owed(database, NOON + timedelta(hours=2)) == [(1, f"/news {one}")]
    two = await bulletin(database)
    assert await owed(database) == []
    await subscriptions.set_hours(1, Hours(), NOON)
    assert await owed(database) == [(1, f"/news {two}")]
    await subscriptions.set_mode(1, TALKS, Mode.WEEKLY, NOON + timedelta(days=4000))
    three = await bulletin(database)
    assert await owed(database, NOON) == []
    assert await owed(database, NOON + 8 * DAY) == [(1, f"/digest {two} {three} 1")]
