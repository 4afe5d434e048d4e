"""Commands a second through the router: rendered only, and with the ledger durable; one chat, and fifty at once.

Where fifty ask at once their ledger entries share transactions, so that the disk is waited for once, not fifty times.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.figures import Series
from bench.house import fill, now, settings
from bench.plan import CHATS, Plan
from bench.table import Section, Table, at_least
from bot.app import App, opened
from bot.commands.request import Chat, ChatKind, Reader, Request, parse_line
from bot.importing import read_content

_PLAIN: Final = "plain questions"
# What Telegram takes from one bot at most, with paid broadcasts: answering need never be what a reader waits for.
_GOAL: Final = 1000.0
_GOAL_LINE: Final = "/agreed"

Ask = Callable[[Request], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One way of asking one kind of thing."""

    kind: str
    durable: bool
    chats: int


async def measure(plan: Plan, folder: Path) -> Section:
    """Ask everything in every way, once a round."""
    file = folder / "in-process.db"
    await fill(file)
    async with opened(settings(file), now) as app:
        kinds = _kinds(file)
        cells = [Cell(kind, durable, chats) for kind in kinds for durable in (False, True) for chats in (1, CHATS)]
        seen: dict[Cell, list[float]] = {cell: [] for cell in cells}
        for cell in cells:  # once uncounted: what is made at first use belongs to no kind
            await _rate(app, cell, kinds[cell.kind], cell.chats)
        for _ in range(plan.rounds):
            for cell in cells:
                seen[cell].append(await _rate(app, cell, kinds[cell.kind], plan.calls))
    series = {cell: Series(tuple(values)) for cell, values in seen.items()}
    goal = at_least(
        f"{_GOAL_LINE}, durable, {CHATS} at once", _GOAL, series[Cell(_GOAL_LINE, True, CHATS)].median, "answers/s"
    )
    return Section("in process", (_table(tuple(kinds), series),), (goal,), _raw(series))


def _kinds(file: Path) -> dict[str, tuple[str, ...]]:
    """Return what is asked, by kind. The plain questions are the content's own probes: as people ask, all different."""
    probes = tuple(probe.ask for probe in read_content(settings(file).content_dir).probes)
    return {line: (line,) for line in (_GOAL_LINE, "/brief", "/agreements")} | {_PLAIN: probes}


async def _rate(app: App, cell: Cell, asked: tuple[str, ...], calls: int) -> float:
    """Return answers a second over about `calls` calls, each chat asking again once it is answered."""
    ask: Ask = app.router.answer if cell.durable else app.router.reply
    each = max(1, calls // cell.chats)
    words = itertools.cycle(asked)
    work = [_talk(ask, [_request(chat, next(words)) for _ in range(each)]) for chat in range(1, cell.chats + 1)]
    started = time.perf_counter()
    await asyncio.gather(*work)
    return each * cell.chats / (time.perf_counter() - started)


async def _talk(ask: Ask, requests: list[Request]) -> None:
    for request in requests:
        await ask(request)


def _request(chat: int, line: str) -> Request:
    command, arguments = parse_line(line)
    home = "https://t.me/ParleyBot"
    return Request(Reader(chat, "Ann", "en"), Chat(chat, ChatKind.PRIVATE), command, arguments, now(), home=home)


def _table(kinds: tuple[str, ...], series: dict[Cell, Series]) -> Table:
    def row(kind: str) -> Iterator[str]:
        yield kind
        for durable in (False, True):
            for chats in (1, CHATS):
                yield series[Cell(kind, durable, chats)].with_spread()
        grouped = series[Cell(kind, True, CHATS)].over(series[Cell(kind, True, 1)])
        yield f"{grouped.median:.1f}x"

    columns = ("answers/s", "no ledger", f"same, {CHATS} chats", "ledger", f"same, {CHATS} chats", "group commit")
    notes = ("Ledger: entered and durable before the answer counts. ±: half the range of the rounds.",)
    return Table("2. In one process, through the router", columns, tuple(tuple(row(kind)) for kind in kinds), notes)


def _raw(series: dict[Cell, Series]) -> dict[str, object]:
    cells = [
        {"kind": cell.kind, "durable": cell.durable, "chats": cell.chats, "answers_per_second": list(found.values)}
        for cell, found in series.items()
    ]
    return {"cells": cells}
