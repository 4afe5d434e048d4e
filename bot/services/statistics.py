"""Statistics: the week at a glance beside the one before, and the days as a table."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.storage import counts, queue, statistics
from bot.storage.counts import DayCount
from bot.storage.database import Database
from bot.storage.statistics import Told

DAYS: Final = 90  # that the table goes back
_WEEK: Final = timedelta(days=7)
_TOP: Final = 5
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would take a cell that begins so for a formula
TitleOf = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Compared:
    """A number of this week, and of the one before."""

    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Week:
    """The seven days that end with `last`. What is counted goes by the names that the table has, too."""

    last: date
    counted: dict[str, Compared]
    top: tuple[tuple[int, int], ...]  # records of questions, with how many messages told them
    followers: int
    waiting: int
    wishes: int

    def of(self, what: str) -> Compared:
        """Return what was counted by that name, nothing where nothing was."""
        return self.counted.get(what, Compared(0, 0))


@dataclass(frozen=True, slots=True)
class Statistics:
    """Sums over what is stored anyway."""

    database: Database

    async def week(self, today: date) -> Week:
        """Return the week that ends today."""
        first = today - _WEEK + timedelta(days=1)
        since = _start(first - _WEEK)
        async with self.database.read() as connection:
            days = [
                *await counts.between(connection, first - _WEEK, today),
                *await statistics.by_day(connection, since),
            ]
            told = await statistics.questions_told(connection, _start(first))
            followers = await statistics.followers(connection)
            waiting, wishes = await queue.waiting(connection), await queue.all_wishes(connection)
        top = Counter[int]()
        for item in told:
            top[item.record] += item.number
        best = tuple(sorted(top.items(), key=lambda item: (-item[1], item[0]))[:_TOP])
        return Week(today, _compared(days, first), best, followers, len(waiting), len(wishes))

    async def table(self, today: date, title_of: TitleOf) -> bytes:
        """Return the last days as CSV: a row for each thing that was counted on a day, and for each question told."""
        first = today - timedelta(days=DAYS - 1)
        async with self.database.read() as connection:
            days = [
                *await counts.between(connection, first, today),
                *await statistics.by_day(connection, _start(first)),
            ]
            told = await statistics.questions_told(connection, _start(first))
        return _csv(days, told, title_of)


def _compared(days: Iterable[DayCount], first: date) -> dict[str, Compared]:
    now, before = Counter[str](), Counter[str]()
    for item in days:
        (now if item.day >= first else before)[item.what] += item.number
    return {what: Compared(now[what], before[what]) for what in sorted({*now, *before})}


def _csv(days: Sequence[DayCount], told: Sequence[Told], title_of: TitleOf) -> bytes:
    rows = [(item.day.isoformat(), item.what, "", item.number) for item in days]
    rows += [(item.day.isoformat(), "question told", title_of(item.record), item.number) for item in told]
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(("day", "counted", "record", "number"))
    table.writerows((*map(safe_cell, cells), number) for *cells, number in sorted(rows))
    return written.getvalue().encode("utf-8-sig")  # with its mark, without which Excel guesses the alphabet


def safe_cell(text: str) -> str:
    """Return the text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
