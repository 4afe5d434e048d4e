"""Pages in which the desk sees how things stand: numbers, what is due to be checked, how a record came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Paging
from bot.rendering.pages.writing import DifferenceLine


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number of the week, and of the one before; the template names each `what`."""

    what: str
    now: int
    before: int


@dataclass(frozen=True)
class StatsPage(Page):
    """The week to `last`; without numbers, what stands below the table."""

    template = "stats.j2"
    last: date
    numbers: Sequence[NumberLine]
    top: Sequence[tuple[str, int]]
    followers: int
    waiting: int
    wishes: int
    stale: int


@dataclass(frozen=True, slots=True)
class StaleLine:
    """A record that is due to be checked: since when, whether an editor had set the day, and as of when it holds."""

    title: str
    since: date
    review_missed: bool
    as_of: date


@dataclass(frozen=True)
class StalePage(Page):
    """What is due to be checked; `checked` says what became of the last one: checked, overtaken, or "" for none."""

    template = "stale.j2"
    records: Sequence[StaleLine]
    paging: Paging
    checked: str
    private: bool


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One revision of a record; the `first` has nothing that it changed."""

    number: int
    recorded: datetime
    who: str
    change: str
    note: str
    changed: Sequence[DifferenceLine]
    first: bool


@dataclass(frozen=True)
class HistoryPage(Page):
    """A record's revisions, the newest first."""

    template = "history.j2"
    title: str
    revisions: Sequence[RevisionLine]
    paging: Paging
