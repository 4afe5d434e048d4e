"""The bot on the fake server: in this process with the test's clock."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.app import App
from bot.channels.telegram.channel import Access, TelegramChannel
from bot.channels.telegram.handler import House
from bot.services.inbox import Inbox
from tests.conftest import Clock
from tests.telegram import FakeChat, FakeTelegram, Person


def make_channel(
    telegram: FakeTelegram, app: App, clock: Clock, desk_chat: int | None = None, rate: float = 25
) -> TelegramChannel:
    """Return the bot for the fake server, not yet running."""
    parts = app.parts
    house = House(
        app.database,
        app.router,
        app.buttons,
        Inbox(app.database),
        parts.topics,
        parts.templates,
        app.delivery,
        parts.owed,
        parts.team,
    )
    access = Access(telegram.token, telegram.url, desk_chat, broadcast_rate=rate)
    return TelegramChannel(access, house, parts.catalogue, parts.ledger, parts.alarm, clock)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """Run the fake server; after the test nothing malformed may have been sent to it."""
    async with FakeTelegram() as server:
        yield server
        assert server.refusals == []


@pytest.fixture
async def channel(telegram: FakeTelegram, app: App, clock: Clock) -> AsyncIterator[TelegramChannel]:
    """Run the bot against the fake server until the test ends."""
    bot = make_channel(telegram, app, clock)
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
