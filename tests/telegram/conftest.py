"""A server of the test's own, a client with its token, and a reader who has written to the bot."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from tests.telegram import FakeChat, FakeTelegram, Person
from tests.telegram.client import Client, HandClock


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A server of the test's own."""
    async with FakeTelegram() as server:
        yield server


@pytest_asyncio.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Client]:
    """A client with that server's token."""
    async with aiohttp.ClientSession() as session:
        yield Client(telegram, session)


@pytest.fixture
def ann(telegram: FakeTelegram) -> Person:
    """A reader."""
    return telegram.person(first_name="Ann", username="ann_reads")


@pytest.fixture
def chat(ann: Person) -> FakeChat:
    """The reader's private chat, in which she has written."""
    private = ann.private_chat()
    private.send("/start")
    return private


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands still until it is moved."""
    return HandClock()
