"""What pages are made of: shapes that several of them share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.agreement import Agreement, Stance
from bot.domain.dates import When
from bot.domain.event import Event
from bot.domain.staleness import Stale
from bot.domain.statement import Citation
from bot.domain.status import Standing
from bot.rendering.notes import Shown


@dataclass(frozen=True, slots=True)
class Age:
    """As of when a record holds, since when it is stale, if it is, and when it was last found still true."""

    as_of: date
    stale: Stale | None
    verified: date | None = None


@dataclass(frozen=True, slots=True)
class DateLine:
    """One of an agreement's dates: `name` is its field, or the turn that came with it."""

    name: str
    on: When
    words: str
    perhaps: date | None
    marks: str


class Relation(StrEnum):
    """What one agreement is to another."""

    RENEWS = "renews"
    SUPERSEDES = "supersedes"
    IMPLEMENTS = "implements"
    REFERS_TO = "refers to"


@dataclass(frozen=True, slots=True)
class Related:
    """Another agreement and its relation to this one; `back` where it is the other that stands in it to this one."""

    relation: Relation
    back: bool
    title: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """Which revision of a record this is, when the desk recorded it, and why."""

    number: int
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class FiltersShown:
    """What a list was narrowed down by, for words; "" and None where it was not."""

    process: str
    who: Sequence[str]
    status: str
    on: date | None
    stage: str
    year: int | None
    text: str


@dataclass(frozen=True, slots=True)
class StanceLine:
    """What a party says of an agreement; `stance` is None where our sources hold none."""

    party: str
    stance: Stance | None
    provision: str = ""
    text: Shown | None = None
    statement: str = ""
    speaker: str = ""
    stated: When | None = None
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An agreement in a list; `standing` is None where nothing of it had come about by the day asked for."""

    agreement: Agreement
    standing: Standing | None
    rejected_by: tuple[str, ...] = ()
    marks: str = ""
    stances: tuple[StanceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in a timeline; an alleged one with the names of who alleges it and who denies it."""

    event: Event
    text: tuple[Shown, ...]
    alleged_by: str = ""
    denied_by: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """An agreement that a dataset lists, on a timeline; `on` is when it was signed or declared."""

    agreement: Agreement
    on: When
    marks: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on a timeline: what happened, or what was made then, one of the two."""

    happened: Happened | None = None
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A statement with what each of its citations says, for whoever wants to check."""

    text: Shown
    cite: tuple[tuple[int, Citation], ...]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of how many, and how many things in all."""

    number: int
    count: int
    total: int
