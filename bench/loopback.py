"""Whole bots over loopback HTTP: Parley answering `/agreed` beside two stock bots that only echo.

The same server hands the same messages to all three. Parley looks the answer up, renders it with its sources, writes
its ledger durably before it sends and once more after it; the others send back what they got. None of them keeps to
Telegram's pace (see unpaced.py).
"""

import asyncio
import math
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.bots import Bot, Running, running, tail
from bench.figures import Series, percentile
from bench.house import TOKEN, BenchFailed, database_url, fill
from bench.machine import installed
from bench.plan import CHATS, Plan
from bench.server import BenchServer, Exchange
from bench.table import Goal, Section, Table, at_least, at_most

PARLEY: Final = "Parley, /agreed"
PTB: Final = "python-telegram-bot echo"
AIOGRAM: Final = "aiogram echo"
_LIMIT: Final = 60.0  # seconds for one exchange; what is not replied to by then is counted as missing
_SETTLE: Final = 0.3  # seconds for what a bot still does behind its last reply, which is its work as well
# What a sourced, durable answer may cost beside an echo: its own work is to be paid for by a leaner way to Telegram.
_PTB_GOAL: Final = 5.0
_AIOGRAM_GOAL: Final = 1.0
# Fifty people ask at the same instant; the last of them should not notice the others.
_P99_GOAL: Final = 1.0


@dataclass(frozen=True, slots=True)
class Round:
    """One bot in one round."""

    rate: float  # replies a second at its own speed
    cpu: float | None  # CPU seconds for each message
    p50: float  # seconds, all chats asking at one instant
    p99: float
    peak: int | None  # bytes
    server_busy: float
    missing: int


async def measure(plan: Plan, folder: Path) -> Section:
    """Run every bot once a round, one after the other."""
    filled = folder / "filled.db"
    await fill(filled)
    seen: dict[str, list[Round]] = {}
    async with BenchServer() as server:
        for number in range(plan.rounds):
            for bot in _bots(server.url):
                place = folder / f"{number}-{bot.name.partition(' ')[0].rstrip(',')}"
                place.mkdir()
                shutil.copy(filled, place / "parley.db")
                seen.setdefault(bot.name, []).append(await _round(bot, server, place, plan))
    return Section("loopback", (_table(seen, plan),), _goals(seen), _raw(seen))


def _bots(url: str) -> list[Bot]:
    parley = {
        "PARLEY_TELEGRAM_TOKEN": TOKEN,
        "PARLEY_TELEGRAM_API_URL": url,
        "PARLEY_DATABASE_URL": database_url(Path("parley.db")),
    }
    bots = [Bot(PARLEY, ("-m", "bench.unpaced", "run"), parley), Bot(PTB, ("-m", "bench.echo_ptb", url, TOKEN))]
    if installed("aiogram"):
        bots.append(Bot(AIOGRAM, ("-m", "bench.echo_aiogram", url, TOKEN)))
    return bots


async def _round(bot: Bot, server: BenchServer, place: Path, plan: Plan) -> Round:
    async with running(bot, server, place) as process:
        await server.ask(CHATS, _LIMIT)  # uncounted: the first ones make connections
        before = process.cpu()
        flow = await server.ask(plan.messages, _LIMIT)
        cpu = await _cpu_since(before, process, plan.messages)
        bursts = [await server.ask(CHATS, _LIMIT) for _ in range(plan.bursts)] if flow.complete else []
        peak = process.peak()
    exchanges = [flow, *bursts]
    if not any(exchange.latencies for exchange in exchanges):
        raise BenchFailed(f"{bot.name} replies to nothing: {tail(place / 'log.txt')}")
    if bot.name == PARLEY:
        _check_ledger(place / "parley.db", sum(len(exchange.latencies) for exchange in exchanges))
    latencies = [latency for burst in bursts for latency in burst.latencies]
    return Round(
        flow.rate,
        cpu,
        percentile(latencies, 0.5),
        percentile(latencies, 0.99),
        peak,
        flow.server_busy,
        _missing(exchanges),
    )


async def _cpu_since(before: float | None, process: Running, messages: int) -> float | None:
    await asyncio.sleep(_SETTLE)
    after = process.cpu()
    return None if before is None or after is None else (after - before) / messages


def _missing(exchanges: list[Exchange]) -> int:
    return sum(exchange.expected - len(exchange.latencies) for exchange in exchanges)


def _check_ledger(file: Path, replies: int) -> None:
    """Raise BenchFailed unless the ledger knows which revisions each reply told: only then was it an answer."""
    with closing(sqlite3.connect(file)) as connection:
        (known,) = connection.execute(
            "SELECT count(DISTINCT ledger.id) FROM ledger JOIN ledger_tells ON ledger_tells.ledger = ledger.id "
            "WHERE ledger.message IS NOT NULL"
        ).fetchone()
    if known < replies:
        raise BenchFailed(f"Parley sent {replies} replies, of which its ledger knows {known}: these are no answers.")


def _series(rounds: list[Round], value: Callable[[Round], float | None]) -> Series:
    found = (value(seen) for seen in rounds)
    return Series(tuple(number for number in found if number is not None))


def _rates(seen: dict[str, list[Round]], name: str) -> Series:
    return _series(seen[name], lambda found: found.rate)


def _table(seen: dict[str, list[Round]], plan: Plan) -> Table:
    rows = tuple(_row(seen, name) for name in seen)
    columns = ("bot", "messages/s (range)", "Parley is", "CPU ms", "p50 ms", "p99 ms", "MB", "server")
    notes = [
        f"Messages/s: {plan.messages} waiting, at the bot's own speed. p50, p99: until the reply, where {CHATS} chats",
        f"ask at one instant, {plan.bursts} times a round. Server: how busy, of one core; near 100% it would be what",
        "is measured. Memory: the most that the process held. Parley goes without Telegram's 30 messages/s.",
    ]
    missing = {name: sum(found.missing for found in rounds) for name, rounds in seen.items()}
    notes += [
        f"{name}: {count} messages had no reply within {_LIMIT:.0f} s." for name, count in missing.items() if count
    ]
    return Table("3. Whole bots over loopback HTTP", columns, rows, tuple(notes))


def _row(seen: dict[str, list[Round]], name: str) -> tuple[str, ...]:
    rounds, rates = seen[name], _rates(seen, name)

    def shown(value: Callable[[Round], float | None], factor: float, digits: int) -> str:
        found = _series(rounds, value)
        return "-" if math.isnan(found.median) else f"{found.median * factor:,.{digits}f}"

    return (
        name,
        rates.with_range(),
        f"{_rates(seen, PARLEY).over(rates).median:.2f}x",
        shown(lambda found: found.cpu, 1000, 2),
        shown(lambda found: found.p50, 1000, 0),
        shown(lambda found: found.p99, 1000, 0),
        shown(lambda found: found.peak, 1e-6, 0),
        shown(lambda found: found.server_busy, 100, 0) + "%",
    )


def _goals(seen: dict[str, list[Round]]) -> tuple[Goal, ...]:
    ratios = [
        at_least(f"Parley's answers beside {name}", goal, _rates(seen, PARLEY).over(_rates(seen, name)).median, "x")
        for name, goal in ((PTB, _PTB_GOAL), (AIOGRAM, _AIOGRAM_GOAL))
        if name in seen
    ]
    p99 = _series(seen[PARLEY], lambda found: found.p99).median
    return (
        *ratios,
        at_most(f"p99 to the reply, {CHATS} chats at once", _P99_GOAL, p99, "s"),
    )


def _raw(seen: dict[str, list[Round]]) -> dict[str, object]:
    return {name: [asdict(found) for found in rounds] for name, rounds in seen.items()}
