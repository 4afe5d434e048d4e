"""Two thousand agreements: importing them, the first answer with them, a page of a list, a picture, memory.

They are PA-X's own, where its export lies beside the repository; elsewhere this part says that it was left out.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from bench.figures import Series, percentile
from bench.house import ROOT, BenchFailed, fill, now, settings
from bench.plan import Plan
from bench.startup import ASK, QUESTION, Start, launch
from bench.table import Section, Table, at_most
from bot.app import App, opened
from bot.commands.context import Context
from bot.commands.request import Chat, ChatKind, Reader, Request, parse_line
from bot.commands.timeline import timeline
from bot.services.pictures import Pictures

EXPORT: Final = ROOT.parent / "shared" / "data" / "pax" / "pax_explorer_export.csv"
_FILE: Final = "parley.db"
_NAMES: Final = ("import, first time", "import, again", "first answer", "a page of /agreements", "timeline as PNG")
_GOALS: Final = (90.0, 5.0, 2.0, 0.005, 0.060)  # seconds
_MILLION: Final = 1_000_000
_PAGES: Final = (
    "/agreements colombia 2016",
    "/agreements minsk agreements",
    "/agreements prisoner exchange 2019",
    "/agreements everywhere ceasefire",
    "/agreements everywhere unclear on 2015-03-01",
    "/agreements black sea grain initiative",
)
_PICTURES: Final = 20


async def measure(plan: Plan, folder: Path) -> Section:
    """Import, ask, turn pages and draw; raises BenchFailed where one of them does not work."""
    if not EXPORT.is_file():
        return Section("pax", (_left_out(),), (), {})
    house = folder / "house"
    house.mkdir()
    await fill(house / _FILE)
    imports = [launch(("-m", "bot", "import", "--pax", str(EXPORT)), house) for _ in range(1 + plan.starts)]
    starts = [launch((*ASK, QUESTION), house) for _ in range(plan.starts)]
    async with opened(settings(house / _FILE), now) as app:
        app.parts.catalogue.current.warm_up()
        pages = [await _seconds(partial(_answered, app, line)) for line in _lines(plan)]
        drawn = await _drawn(app)
    seen = (
        [imports[0].seconds],
        [start.seconds for start in imports[1:]],
        [start.seconds for start in starts],
        pages,
        drawn,
    )
    goals = tuple(
        at_most(name, goal, Series(tuple(values)).median, "s")
        for name, goal, values in zip(_NAMES, _GOALS, seen, strict=True)
    )
    raw: dict[str, object] = dict(zip(_NAMES, seen, strict=True))
    return Section("pax", (_table(seen, imports, starts),), goals, raw)


def _lines(plan: Plan) -> list[str]:
    """Return lines that differ, since an answer to one that was asked before is kept."""
    rounds = max(1, plan.calls // len(_PAGES) // 4)
    return [f"{line} p{number}" for number in range(1, rounds + 1) for line in _PAGES]


async def _answered(app: App, line: str) -> None:
    command, arguments = parse_line(line)
    reply = await app.router.reply(
        Request(Reader(1, "Ann", "en"), Chat(1, ChatKind.PRIVATE), command, arguments, now(), pressed=1)
    )
    if not reply.messages or "<b>Agreements" not in reply.messages[0].html:
        raise BenchFailed(f"{line} is not answered with a list.")


class _Anew(Pictures):
    """Paints each drawing again, also one that it has painted before."""

    async def paint(self, svg: str) -> bytes:
        """Return the picture, and do not keep it."""
        self._painted.clear()
        return await super().paint(svg)


async def _drawn(app: App) -> list[float]:
    """Return what a timeline's picture takes, drawing and painting, of a painter that is at work already."""
    painter = _Anew()
    asked = Request(Reader(1, "Ann", "en"), Chat(1, ChatKind.PRIVATE), "timeline", "picture", now())
    context = Context(asked, app.parts.catalogue.current, replace(app.parts, pictures=painter))
    try:
        await timeline(context)
        return [await _seconds(lambda: timeline(context)) for _ in range(_PICTURES)]
    finally:
        await painter.close()


async def _seconds(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


def _table(seen: tuple[list[float], ...], imports: list[Start], starts: list[Start]) -> Table:
    peaks = (imports[:1], imports[1:], starts)
    rows = tuple(
        (
            name,
            Series(tuple(value * 1000 for value in values)).with_range(),
            f"{percentile(values, 0.99) * 1000:,.0f}",
            Series(tuple(start.peak / _MILLION for start in peaks[at])).with_range() if at < len(peaks) else "",
        )
        for at, (name, values) in enumerate(zip(_NAMES, seen, strict=True))
    )
    columns = ("with PA-X's 2,257 agreements", "ms: median (range)", "p99", "peak memory in MB")
    return Table("5. With two thousand agreements", columns, rows)


def _left_out() -> Table:
    return Table(
        "5. With two thousand agreements", ("left out",), ((f"PA-X's export is not in {EXPORT.parent.name}",),)
    )
