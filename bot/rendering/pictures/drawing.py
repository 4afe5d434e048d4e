"""Drawings: for each picture the one typed context that its SVG template is rendered from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.domain.agreement import Stance
from bot.domain.dates import When


@dataclass(frozen=True)
class Drawing:
    """What an SVG template is rendered from; `title` says what it is of."""

    template: ClassVar[str]
    title: str


@dataclass(frozen=True, slots=True)
class DrawnStance:
    """A stance in a cell with its date."""

    stance: Stance
    stated: When


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of the matrix: what it is on, and for each party its stances, none where none is recorded."""

    title: str
    cells: Sequence[Sequence[DrawnStance]]


@dataclass(frozen=True)
class MatrixDrawing(Drawing):
    """Parties against agreements, with a sign and a date in each cell."""

    template = "matrix.svg.j2"
    parties: Sequence[str]
    lines: Sequence[DrawnLine]
    as_of: date | None
    credit: str


@dataclass(frozen=True, slots=True)
class DrawnMoment:
    """Something on a timeline; `alleged_by` names who alleges it, `kind` is the event's type or "agreement"."""

    when: When
    title: str
    kind: str
    alleged_by: str


@dataclass(frozen=True)
class TimelineDrawing(Drawing):
    """What happened when, from top to bottom."""

    template = "timeline.svg.j2"
    moments: Sequence[DrawnMoment]
    as_of: date | None
    credit: str


DRAWINGS: tuple[type[Drawing], ...] = (MatrixDrawing, TimelineDrawing)
