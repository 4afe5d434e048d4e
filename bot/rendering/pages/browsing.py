"""Pages that browse: lists of agreements narrowed down, and what is drawn of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.rendering.notes import Numbered
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Age, FiltersShown, Listed, Paging


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
