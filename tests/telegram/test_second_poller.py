"""A second poller: the conflict it makes of getUpdates, and its end."""

import asyncio

from tests.telegram import FakeTelegram, Person
from tests.telegram.client import Client, HandClock

_WORDS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def test_a_second_poller_is_a_conflict_for_so_many_calls(telegram: FakeTelegram, bot: Client) -> None:
    """Then it is gone, and no update is lost."""
    rival = telegram.second_poller(calls=2)
    telegram.push({"message": {}})
    assert [await bot.error("getUpdates") for _ in range(2)] == [_WORDS] * 2
    assert len(await bot.result("getUpdates")) == 1
    assert rival.conflicts == 2


async def test_a_second_poller_may_stay_for_some_time(telegram: FakeTelegram, bot: Client, clock: HandClock) -> None:
    """Its time is the clock's that it was given."""
    telegram.second_poller(seconds=5, clock=clock)
    assert (await bot.call("getUpdates"))["error_code"] == 409
    clock.move(4.9)
    assert await bot.error("getUpdates") == _WORDS
    clock.move(0.1)
    assert await bot.result("getUpdates") == []


async def test_a_poll_under_way_ends_when_a_second_poller_comes(
    telegram: FakeTelegram, bot: Client, ann: Person
) -> None:
    """The one who came last polls, until it is stopped."""
    poll = asyncio.create_task(bot.error("getUpdates", timeout=30))
    assert await telegram.world.bell.until(lambda: telegram.counts["getUpdates"] == 1, 5)
    rival = telegram.second_poller()
    assert await asyncio.wait_for(poll, 5) == _WORDS
    rival.stop()
    ann.private_chat().send("hello")
    assert len(await bot.result("getUpdates")) == 1
    assert rival.conflicts == 1
