"""sendMessage alone: as Parley calls it, limiter included, beside the bots of python-telegram-bot and aiogram."""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.figures import Series
from bench.house import TOKEN, BenchFailed, environment
from bench.machine import installed
from bench.plan import Plan
from bench.server import BenchServer
from bench.table import Section, Table, at_least

_OURS: Final = "parley"
_PTB: Final = "ptb"
_NAMES: Final = {_OURS: "Parley", _PTB: "python-telegram-bot, default", "aiogram": "aiogram, default"}
_CONCURRENCY: Final = 50
_LIMIT: Final = 120.0  # seconds
# Below this a way of our own would not be worth its lines.
_GOAL: Final = 10.0


@dataclass(frozen=True, slots=True)
class Posted:
    """One way in one round."""

    rate: float  # calls a second
    cpu: float  # CPU seconds for each call


async def measure(plan: Plan, folder: Path) -> Section:
    """Call in each way once a round, each time from a fresh process."""
    seen: dict[str, list[Posted]] = {kind: [] for kind in _NAMES if kind != "aiogram" or installed("aiogram")}
    async with BenchServer() as server:
        for _ in range(plan.rounds):
            for kind, found in seen.items():
                found.append(await _post(server.url, kind, plan.posts, folder))
    ratio = _rates(seen[_OURS]).over(_rates(seen[_PTB])).median
    goal = at_least("sendMessage beside python-telegram-bot's default", _GOAL, ratio, "x")
    return Section("transport", (_table(seen, plan),), (goal,), _raw(seen))


async def _post(url: str, kind: str, calls: int, folder: Path) -> Posted:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.transport_client", url, TOKEN, kind, str(calls), str(_CONCURRENCY)),
        cwd=folder,
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        output, errors = await asyncio.wait_for(process.communicate(), _LIMIT)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise BenchFailed(f"{_NAMES[kind]} did not do {calls} calls in {_LIMIT:.0f} s.") from None
    if process.returncode:
        raise BenchFailed(f"{_NAMES[kind]} failed: {errors.decode('utf-8', 'replace')[-1000:]}")
    return Posted(**json.loads(output))


def _rates(rounds: list[Posted]) -> Series:
    return Series(tuple(found.rate for found in rounds))


def _table(seen: dict[str, list[Posted]], plan: Plan) -> Table:
    rows = tuple(
        (
            _NAMES[kind],
            _rates(rounds).with_range(),
            f"{_rates(seen[_OURS]).over(_rates(rounds)).median:.2f}x",
            f"{Series(tuple(found.cpu * 1000 for found in rounds)).median:.2f}",
        )
        for kind, rounds in seen.items()
    )
    columns = ("sendMessage by", "calls/s (range)", "Parley's is", "CPU ms each")
    notes = (f"{plan.posts} calls a round, {_CONCURRENCY} under way at a time.",)
    return Table("4. sendMessage alone", columns, rows, notes)


def _raw(seen: dict[str, list[Posted]]) -> dict[str, object]:
    return {
        _NAMES[kind]: {
            "calls_per_second": list(_rates(rounds).values),
            "cpu_seconds_per_call": [found.cpu for found in rounds],
        }
        for kind, rounds in seen.items()
    }
