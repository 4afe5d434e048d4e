"""Sending to many: how much of the free and of the paid rate is used, and what readers notice of it meanwhile.

At the free rate the strict server of the tests counts every message and refuses what comes too early; beside Parley a
plain loop over python-telegram-bot with its own rate limiter. At the paid rate, and while a million messages are made
owed, readers go on asking.
"""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench.bots import Bot, Running, running
from bench.figures import percentile
from bench.house import TOKEN, database_url, fill
from bench.machine import installed
from bench.plan import Plan
from bench.server import BenchServer
from bench.table import Goal, Section, Table, at_least, at_most
from bot.services.broadcast import write_bulletin
from bot.storage.database import Database
from tests.telegram import FakeTelegram

_PROCESS: Final = "ukraine-ceasefire-2025"
_FIRST: Final = 6_000_000_001
_FREE: Final = 30
_PAID: Final = 1000
_LIMIT: Final = 600.0  # seconds that one measure may take
_EVERY: Final = 0.1  # seconds between two questions of readers meanwhile
PARLEY: Final = "Parley"
PTB: Final = "python-telegram-bot, AIORateLimiter"


@dataclass(frozen=True, slots=True)
class Strict:
    """What became of messages at the free rate."""

    sent: int
    seconds: float
    refused: int

    @property
    def used(self) -> float:
        """Return the share of the rate that was used."""
        return self.sent / self.seconds / _FREE if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Busy:
    """What readers noticed while a measure went on: its rate, and their replies' latencies in seconds."""

    rate: float
    latencies: tuple[float, ...]

    @property
    def p99(self) -> float:
        """Return the latency that one reply in a hundred exceeds."""
        return percentile(self.latencies, 0.99)


@dataclass(frozen=True, slots=True)
class Large:
    """A bulletin to very many: seconds until it was confirmed, and until all was owed; bytes that the bot grew by."""

    published: float
    owed: float
    grew: int
    busy: Busy


async def measure(plan: Plan, folder: Path) -> Section:
    """Measure the free rate, the paid rate, and a very large audience, one after the other."""
    filled = folder / "filled.db"
    await fill(filled)
    free = {PARLEY: await _free(filled, folder / "free", plan.free_seconds)}
    if installed("aiolimiter"):
        free[PTB] = await _free_loop(folder / "loop", plan.free_seconds)
    paid = await _paid(filled, folder / "paid", plan.paid_messages)
    large = await _large(filled, folder / "large", plan.followers)
    raw: dict[str, object] = {name: asdict(found) for name, found in free.items()}
    raw |= {"paid": asdict(paid), "large": asdict(large)}
    return Section("delivery", _tables(free, paid, large, plan), _goals(free, paid, large, plan), raw)


async def _free(filled: Path, place: Path, seconds: int) -> Strict:
    """Send to so many that the free rate takes that long."""
    _prepare(filled, place, seconds * _FREE)
    async with _strict() as telegram:
        for number in range(seconds * _FREE):
            telegram.person("Reader", id=_FIRST + number).private_chat().started = True
        more = _settings(telegram.url, telegram.token) | {"PARLEY_BROADCAST_RATE": str(_FREE)}
        async with _process(Bot(PARLEY, ("-m", "bot", "run"), more), telegram, place):
            await _publish(place)
            return await _counted(telegram, seconds * _FREE)


async def _free_loop(place: Path, seconds: int) -> Strict:
    """Let a plain loop send the same to the same server."""
    await asyncio.to_thread(place.mkdir)
    count = seconds * _FREE
    async with _strict() as telegram:
        for number in range(count):
            telegram.person("Reader", id=_FIRST + number).private_chat().started = True
        words = ("-m", "bench.loop_ptb", telegram.url, telegram.token, str(_FIRST), str(count))
        async with _process(Bot(PTB, words), telegram, place, polls=False):
            return await _counted(telegram, count)


async def _paid(filled: Path, place: Path, messages: int) -> Busy:
    """Send as many at the paid rate, while readers ask."""
    _prepare(filled, place, messages)
    paid = {"PARLEY_BROADCAST_RATE": str(_PAID), "PARLEY_PAID_BROADCAST": "true"}
    async with BenchServer() as server, _bot(server, place, **paid):
        await server.ask(1, _LIMIT)
        before = server.posts
        await _publish(place)
        await _until(lambda: server.posts > before)
        began, first = time.perf_counter(), server.posts
        latencies = await _ask_until(server, lambda: server.posts - before >= messages)
        rate = (server.posts - first - len(latencies)) / (time.perf_counter() - began)
    return Busy(rate, latencies)


async def _large(filled: Path, place: Path, followers: int) -> Large:
    """Make messages owed to very many, while readers ask; few of them are sent meanwhile."""
    _prepare(filled, place, followers)
    async with BenchServer() as server, _bot(server, place) as process:
        await server.ask(1, _LIMIT)
        held = process.peak() or 0
        began = time.perf_counter()
        await _publish(place)
        published = time.perf_counter() - began
        latencies = await _ask_until(server, lambda: _filled(place))
        owed = time.perf_counter() - began
        grew = (process.peak() or 0) - held
    return Large(published, owed, grew, Busy(followers / owed, latencies))


@asynccontextmanager
async def _bot(server: BenchServer, place: Path, **more: str) -> AsyncIterator[Running]:
    """Run Parley against the server of the bench."""
    settings = _settings(server.url, TOKEN) | more
    async with running(Bot(PARLEY, ("-m", "bot", "run"), settings), server, place) as process:
        yield process


async def _ask_until(server: BenchServer, done: Callable[[], bool]) -> tuple[float, ...]:
    """Ask one question after the other until it is done; return how long each reply took."""
    latencies: list[float] = []
    give_up = time.perf_counter() + _LIMIT
    while not done() and time.perf_counter() < give_up:
        latencies += (await server.ask(1, _LIMIT)).latencies
        await asyncio.sleep(_EVERY)
    return tuple(latencies)


async def _counted(telegram: FakeTelegram, count: int) -> Strict:
    """Return what was sent from the first message to the last one."""
    await _until(lambda: telegram.counts["sendMessage"] > 0)
    began = time.perf_counter()

    def sent() -> int:
        return sum(call.ok is True for call in telegram.calls_of("sendMessage"))

    with suppress(TimeoutError):
        await _until(lambda: sent() >= count)
    refused = sum(call.ok is False for call in telegram.calls_of("sendMessage"))
    # The first second's thirty leave at once, so one second less is waited for.
    return Strict(sent(), time.perf_counter() - began + 1 / _FREE, refused)


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(_LIMIT):
        while not done():  # noqa: ASYNC110 - what is counted rings no bell
            await asyncio.sleep(0.02)


@asynccontextmanager
async def _strict() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        telegram.limit_floods()
        yield telegram


@asynccontextmanager
async def _process(bot: Bot, telegram: FakeTelegram, place: Path, *, polls: bool = True) -> AsyncIterator[None]:
    """Run the bot against the strict server."""
    async with running(bot, _Polled(telegram, polls), place):
        yield


class _Polled(BenchServer):
    """The strict server as the bots under measure are started with."""

    def __init__(self, telegram: FakeTelegram, polls: bool) -> None:  # noqa: FBT001 - whether it asks for updates
        super().__init__()
        self._telegram = telegram
        self._wanted = polls

    async def polled(self) -> None:
        """Return once a bot waits for messages, or at once for one that never does."""
        await _until(lambda: not self._wanted or self._telegram.counts["getUpdates"] > 0)


def _settings(url: str, token: str) -> dict[str, str]:
    return {
        "PARLEY_TELEGRAM_TOKEN": token,
        "PARLEY_TELEGRAM_API_URL": url,
        "PARLEY_DATABASE_URL": database_url(Path("parley.db")),
    }


def _prepare(filled: Path, place: Path, followers: int) -> None:
    """Make a database that so many follow the process in."""
    place.mkdir()
    file = place / "parley.db"
    shutil.copy(filled, file)
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(file)) as database:
        (target,) = database.execute("SELECT id FROM records WHERE slug = ?", (_PROCESS,)).fetchone()
        chats = range(_FIRST, _FIRST + followers)
        database.executemany(
            "INSERT INTO subscriptions (chat, target, mode, after, since) VALUES (?, ?, 'at once', 0, ?)",
            ((chat, target, since) for chat in chats),
        )
        database.executemany(
            "INSERT INTO followers (chat, locale, zone, hour, weekday, quiet_from, quiet_to, told_at_once, told_daily, "
            "told_weekly) VALUES (?, 'en', 'UTC', 8, 0, 0, 0, 0, 0, 0)",
            ((chat,) for chat in chats),
        )
        database.commit()


async def _publish(place: Path) -> None:
    """Publish a bulletin from a process of its own, as the command line does."""
    database = Database(database_url(place / "parley.db"))
    try:
        async with database.write() as connection:
            await write_bulletin(connection, _PROCESS, "The talks go on.", author="bench", now=datetime.now(UTC))
    finally:
        await database.close()


def _filled(place: Path) -> bool:
    with closing(sqlite3.connect(place / "parley.db", timeout=10)) as database:
        (left,) = database.execute("SELECT count(*) FROM broadcasts WHERE NOT filled").fetchone()
    return bool(left == 0)


def _tables(free: dict[str, Strict], paid: Busy, large: Large, plan: Plan) -> tuple[Table, ...]:
    rows = tuple(
        (name, f"{found.sent / found.seconds:.1f}", f"{found.used:.0%}", str(found.refused))
        for name, found in free.items()
    )
    return (
        Table(
            "5. To many at the free rate, on the strict server",
            ("bot", "messages/s", "of 30/s", "refused"),
            rows,
            (f"{plan.free_seconds * _FREE} messages, each to another chat.",),
        ),
        Table(
            "6. To very many, while readers ask",
            ("what", "a second", "reader p99 ms", "readers"),
            (
                (f"{plan.paid_messages:,} sent at the paid rate", f"{paid.rate:,.0f}", *_readers(paid)),
                (f"{plan.followers:,} made owed", f"{large.busy.rate:,.0f}", *_readers(large.busy)),
            ),
            (f"Publishing took {large.published:.2f} s; the bot grew by {large.grew / 1e6:.0f} MB.",),
        ),
    )


def _readers(busy: Busy) -> tuple[str, str]:
    return f"{busy.p99 * 1000:,.0f}", str(len(busy.latencies))


def _goals(free: dict[str, Strict], paid: Busy, large: Large, plan: Plan) -> tuple[Goal, ...]:
    return (
        at_least("of the free rate used", 97, free[PARLEY].used * 100, "%"),
        at_most("refused at the free rate", 0, free[PARLEY].refused, "messages"),
        at_least("at the paid rate", _PAID, paid.rate, "messages/s"),
        at_most("reader p99 at the paid rate", 150, paid.p99 * 1000, "ms"),
        at_most(f"publishing to {plan.followers:,}", 1, large.published, "s"),
        at_most("reader p99 while that is made owed", 150, large.busy.p99 * 1000, "ms"),
        at_most("memory grown by meanwhile", 50, large.grew / 1e6, "MB"),
    )
