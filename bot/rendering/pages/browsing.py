"""Pages that browse: lists of agreements narrowed down, and what is drawn of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.rendering.notes import Numbered
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Age, FiltersShown, Listed, Moment, Paging


@dataclass(frozen=True)
class AgreementsPage(Page):
    """Agreements with their status on `day`; `filters` are what was asked for."""

    template = "agreements.j2"
    filters: FiltersShown
    not_understood: str
    listed: Sequence[Listed]
    age: Age | None
    sources: Sequence[Numbered]
    paging: Paging
    day: date


@dataclass(frozen=True)
class MatrixCaptionPage(Page):
    """What the picture of a matrix shows, in words; `boxes` where it could not letter some of it.

    `left_out` counts the parties that it has no room for.
    """

    template = "matrix_caption.j2"
    title: str
    listed: Sequence[Listed]
    age: Age | None
    credit: str
    boxes: bool
    left_out: int


@dataclass(frozen=True)
class TimelineCaptionPage(Page):
    """What the picture of a timeline shows, in words."""

    template = "timeline_caption.j2"
    title: str
    moments: Sequence[Moment]
    age: Age | None
    credit: str
    boxes: bool
    paging: Paging
