"""The limiter: who waits for whom when Telegram imposes a wait."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram.error import RetryAfter

from bot.channels.telegram.limiter import Limiter, Priority

AN_HOUR = 3600


@pytest.fixture
async def limiter() -> AsyncIterator[Limiter]:
    """Return a limiter with Telegram's own figures."""
    limiter = Limiter()
    yield limiter
    await limiter.shutdown()


async def taken() -> str:
    """Return what Telegram says of a call that it takes."""
    return "taken"


async def refused() -> str:
    """Refuse the call for an hour."""
    raise RetryAfter(AN_HOUR)


async def _two_refused(limiter: Limiter, *, paid: bool) -> list[asyncio.Task[str]]:
    """Let Telegram refuse two chats' messages, by which it means the bot."""
    calls = [asyncio.create_task(limiter.through(chat, Priority.BROADCAST, refused, paid=paid)) for chat in (1, 2)]
    for _ in range(20):
        await asyncio.sleep(0)
    return calls


async def test_a_wait_imposed_on_paid_messages_holds_up_no_reply(limiter: Limiter) -> None:
    """A reader gets an answer while all paid messages wait."""
    waiting = await _two_refused(limiter, paid=True)
    async with asyncio.timeout(30):
        assert await limiter.through(3, Priority.REPLY, taken) == "taken"
    paid = asyncio.create_task(limiter.through(4, Priority.BROADCAST, taken, paid=True))
    await asyncio.wait([paid], timeout=0.1)
    assert not paid.done()
    for call in (*waiting, paid):
        call.cancel()


async def test_a_wait_imposed_on_the_bot_holds_up_paid_messages_too(limiter: Limiter) -> None:
    """When replies must wait, so must what was paid for."""
    waiting = await _two_refused(limiter, paid=False)
    calls = [asyncio.create_task(limiter.through(chat, Priority.REPLY, taken, paid=chat == 4)) for chat in (3, 4)]
    await asyncio.wait(calls, timeout=0.1)
    assert not any(call.done() for call in calls)
    for call in (*waiting, *calls):
        call.cancel()
