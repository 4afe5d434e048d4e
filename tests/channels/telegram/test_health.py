"""The health page: what it says, when it says that something is wrong, and what it costs."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import App
from bot.channels.telegram import health
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.health import Address, Health
from bot.channels.telegram.webhook import Hook
from bot.errors import StorageError
from bot.services.inbox import Inbox
from bot.settings import Settings
from tests.channels.telegram.conftest import make_channel
from tests.channels.telegram.test_webhook import SECRET, broken_inbox, free_port, listening, running
from tests.conftest import Clock
from tests.telegram import Call, FakeTelegram, Person


@dataclass
class Visitor:
    """Asks for the health page."""

    session: aiohttp.ClientSession
    address: Address

    async def look(self) -> tuple[int, dict[str, Any]]:
        """Return the status and the page."""
        async with self.session.get(f"http://{self.address}/healthz") as response:
            assert response.headers["Cache-Control"] == "no-store"
            return response.status, await response.json()


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    """Return who asks for the page; its address is free."""
    async with aiohttp.ClientSession() as session:
        yield Visitor(session, Address("127.0.0.1", free_port()))


@pytest.fixture(params=["polling", "webhook"])
async def bot(
    request: pytest.FixtureRequest, telegram: FakeTelegram, app: App, clock: Clock, visitor: Visitor
) -> AsyncIterator[TelegramChannel]:
    """Run the bot with a health page, in either mode."""
    hook = Hook(f"http://{visitor.address}/hook", SECRET) if request.param == "webhook" else None
    channel = listening(make_channel(telegram, app, clock), app, clock, hook, visitor.address)
    async with running(channel, telegram):
        yield channel


async def test_all_is_well(
    telegram: FakeTelegram, bot: TelegramChannel, visitor: Visitor, ann: Person, clock: Clock
) -> None:
    """The page says so, and how long ago the last update came."""
    well = {"ok": True, "storage": "writable", "last_update_age": None, "inbox": 0, "owed": None}
    assert await visitor.look() == (200, well)
    chat = ann.private_chat()
    chat.send("/help")
    await chat.wait_for_messages()
    clock.advance(seconds=42)
    assert await visitor.look() == (200, well | {"last_update_age": 42})


async def test_broken_storage_is_said_and_nothing_else(
    telegram: FakeTelegram, bot: TelegramChannel, visitor: Visitor, settings: Settings, clock: Clock
) -> None:
    """503 without a path, a secret or a reason; well again a few seconds after it was mended."""
    broken = {"ok": False, "storage": "error", "last_update_age": None, "inbox": None, "owed": None}
    with broken_inbox(settings):
        assert await visitor.look() == (503, broken)
    assert await visitor.look() == (503, broken)
    clock.advance(seconds=5)
    status, page = await visitor.look()
    assert (status, page["ok"]) == (200, True)


async def test_what_waits_is_counted(
    telegram: FakeTelegram, bot: TelegramChannel, visitor: Visitor, ann: Person
) -> None:
    """An update that is taken in and not yet handled."""
    held, go_on = asyncio.Event(), asyncio.Event()

    async def hold(call: Call) -> None:
        if call.method == "sendMessage":
            held.set()
            await go_on.wait()

    telegram.interceptors.append(hold)
    chat = ann.private_chat()
    chat.send("/help")
    await asyncio.wait_for(held.wait(), 5)
    assert (await visitor.look())[1]["inbox"] == 1
    go_on.set()
    await chat.wait_for_messages()


async def test_the_check_writes_really_and_rarely(
    bot: TelegramChannel, visitor: Visitor, settings: Settings, clock: Clock
) -> None:
    """Pages go to the disk at most every few seconds, and leave no row."""
    file = Path(settings.database_url.removeprefix("sqlite+aiosqlite:///"))
    log = file.with_name(f"{file.name}-wal")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT 1 FROM inbox").fetchall()
        sizes = [log.stat().st_size]
        for _ in range(2):
            await asyncio.gather(*(visitor.look() for _ in range(20)))
            sizes.append(log.stat().st_size)
        clock.advance(seconds=5)
        await visitor.look()
        sizes.append(log.stat().st_size)
        assert sizes[0] < sizes[1] == sizes[2] < sizes[3]
        assert connection.execute("SELECT count(*) FROM inbox WHERE update_id < 0").fetchone() == (0,)


async def test_storage_that_hangs_is_broken(
    bot: TelegramChannel, visitor: Visitor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page does not wait for it, and says when it works again."""
    monkeypatch.setattr(health, "_PATIENCE", 0.1)
    file = settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, page = await asyncio.wait_for(visitor.look(), 2)
        assert (status, page["storage"]) == (503, "error")
        other.execute("ROLLBACK")
    monkeypatch.setattr(health, "_PATIENCE", 5)
    assert (await visitor.look())[0] == 200


async def test_messages_owed_are_shown(app: App, clock: Clock, visitor: Visitor) -> None:
    """Whoever knows how many there are is asked; one that cannot be asked is broken storage."""
    answers: list[int | StorageError] = [3, StorageError("secret reason")]

    async def owed() -> int:
        answer = answers.pop(0)
        if isinstance(answer, StorageError):
            raise answer
        return answer

    page = Health(app.database, Inbox(app.database), clock, owed)
    listener = health.Listener(visitor.address, page.routes())
    await listener.open()
    assert (await visitor.look())[1]["owed"] == 3
    clock.advance(seconds=5)
    assert await visitor.look() == (
        503,
        {"ok": False, "storage": "error", "last_update_age": None, "inbox": None, "owed": None},
    )
    await listener.close()
    await page.close()


async def test_without_an_address_nothing_listens(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    """The bot polls as ever."""
    assert channel._listener._runner is None
