"""What is printed: plain tables of at most a hundred columns, and goals beside what was measured."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 100
_GAP: Final = "  "


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a title. The first column is words, the others are figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """What we want beside what was seen."""

    what: str
    wanted: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True)
class Section:
    """What one part of a run found; `raw` is everything behind the tables, for the JSON file."""

    name: str
    tables: tuple[Table, ...]
    goals: tuple[Goal, ...]
    raw: dict[str, object]


def lines(table: Table) -> Iterator[str]:
    """Yield the table line by line."""
    widths = [max(len(row[place]) for row in (table.columns, *table.rows)) for place in range(len(table.columns))]
    yield table.title
    yield _line(table.columns, widths)
    yield _GAP.join("-" * width for width in widths)
    yield from (_line(row, widths) for row in table.rows)
    yield from table.notes


def goals_table(goals: Sequence[Goal]) -> Table:
    """Return the goals as a table, each met or missed."""
    rows = tuple((goal.what, goal.wanted, goal.measured, "met" if goal.met else "missed") for goal in goals)
    return Table("Goals", ("what", "goal", "measured", ""), rows)


def at_least(what: str, wanted: float, measured: float, unit: str) -> Goal:
    """Return a goal that is met from `wanted` upwards; what could not be measured is missed."""
    return Goal(what, f">= {wanted:,g} {unit}", _said(measured, unit), measured >= wanted)


def at_most(what: str, wanted: float, measured: float, unit: str) -> Goal:
    """Return a goal that is met up to `wanted`; what could not be measured is missed."""
    return Goal(what, f"<= {wanted:,g} {unit}", _said(measured, unit), measured <= wanted)


def _said(measured: float, unit: str) -> str:
    return "not measured" if math.isnan(measured) else f"{measured:,.4g} {unit}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return _GAP.join((first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others))).rstrip()
