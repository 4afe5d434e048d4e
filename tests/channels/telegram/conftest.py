"""The bot on the fake server: in this process with the test's clock."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.app import App
from bot.channels.telegram.channel import Parts, TelegramChannel
from tests.conftest import Clock
from tests.telegram import FakeChat, FakeTelegram, Person


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """Run the fake server; after the test nothing malformed may have been sent to it."""
    async with FakeTelegram() as server:
        yield server
        assert server.refusals == []


@pytest.fixture
async def channel(telegram: FakeTelegram, app: App, clock: Clock) -> AsyncIterator[TelegramChannel]:
    """Run the bot against the fake server until the test ends."""
    parts = Parts(app.router, app.buttons, app.parts.ledger, app.parts.catalogue, app.parts.templates)
    bot = TelegramChannel(telegram.token, telegram.url, parts, clock)
    stop = asyncio.Event()
    running = asyncio.create_task(bot.run(stop))
    yield bot
    stop.set()
    await asyncio.wait_for(running, 5)


@pytest.fixture
def ann(telegram: FakeTelegram) -> Person:
    """Return a reader."""
    return telegram.person(first_name="Ann")


@pytest.fixture
def chat(ann: Person, channel: TelegramChannel) -> FakeChat:
    """Return Ann's private chat with the running bot."""
    return ann.private_chat()
