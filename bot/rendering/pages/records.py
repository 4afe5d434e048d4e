"""Pages that show records: agreements, stances, parties, events, sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.agreement import Agreement
from bot.domain.party import Party
from bot.domain.source import Source
from bot.domain.status import Standing
from bot.rendering.notes import Numbered, Shown
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Age, DateLine, Listed, Moment, Paging, Quoted, Recorded, Related, StanceLine


@dataclass(frozen=True)
class AgreementPage(Page):
    """An agreement's card."""

    template = "agreement.j2"
    agreement: Agreement
    standing: Standing | None
    rejected_by: Sequence[str]
    day: date
    purpose: Shown
    background: Sequence[Shown]
    dates: Sequence[DateLine]
    duration: str
    days_left: int | None
    related: Sequence[Related]
    recorded: Recorded
    provisions: Sequence[Shown]
    conditions: Sequence[Shown]
    monitoring: Shown | None
    outstanding: Sequence[Shown]
    stances: Sequence[StanceLine]
    age: Age
    sources: Sequence[Numbered]
    share: str


@dataclass(frozen=True)
class PositionsPage(Page):
    """Who says what of which agreement."""

    template = "positions.j2"
    process: str
    listed: Sequence[Listed]
    age: Age | None
    sources: Sequence[Numbered]
    paging: Paging


@dataclass(frozen=True)
class CellPage(Page):
    """What one party says of one agreement, or of a provision of it."""

    template = "cell.j2"
    title: str
    party: str
    stances: Sequence[StanceLine]
    age: Age
    sources: Sequence[Numbered]


@dataclass(frozen=True)
class PartiesPage(Page):
    """The parties of a process; `unknown` is a name that none answers to."""

    template = "parties.j2"
    parties: Sequence[Party]
    unknown: str


@dataclass(frozen=True)
class PartyPage(Page):
    """A party: its names, its stances over time, and the newest of the `naming_count` other agreements that name it."""

    template = "party.j2"
    party: Party
    about: Sequence[Shown]
    stances: Sequence[tuple[str, StanceLine]]
    naming: Sequence[Listed]
    naming_count: int
    age: Age | None
    sources: Sequence[Numbered]
    share: str


@dataclass(frozen=True)
class TimelinePage(Page):
    """A process's events, and its agreements that a dataset lists, oldest first."""

    template = "timeline.j2"
    process: str
    moments: Sequence[Moment]
    age: Age | None
    sources: Sequence[Numbered]
    paging: Paging


@dataclass(frozen=True)
class AsOfPage(Page):
    """What held on a day: by what is known today, or by what the desk had recorded by then (`as_known`).

    `later` are the first of the `later_count` that came later.
    """

    template = "asof.j2"
    process: str
    day: date
    today: date
    as_known: bool
    listed: Sequence[Listed]
    later: Sequence[str]
    later_count: int
    age: Age | None
    sources: Sequence[Numbered]
    paging: Paging


@dataclass(frozen=True)
class AsOfUsagePage(Page):
    """How to write a date."""

    template = "asof_usage.j2"
    given: str


@dataclass(frozen=True)
class SourcesPage(Page):
    """Sources with all their credits."""

    template = "sources.j2"
    process: str
    sources: Sequence[Source]
    paging: Paging


@dataclass(frozen=True)
class QuotesPage(Page):
    """Where each statement of a record comes from, in the source's words."""

    template = "quotes.j2"
    title: str
    quoted: Sequence[Quoted]
    sources: Sequence[Numbered]


@dataclass(frozen=True)
class NotFoundPage(Page):
    """No such record; `kind` is process, agreement, told (a question or an agreement), record or news."""

    template = "not_found.j2"
    kind: str
    given: str
