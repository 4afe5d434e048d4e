"""Pages for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rendering.pages.page import Page


@dataclass(frozen=True)
class FaultsPage(Page):
    """Why something cannot be published: a file, or a `draft`; or why `retiring` cannot be withdrawn."""

    template = "faults.j2"
    faults: Sequence[str]
    retiring: str = ""
    draft: int = 0
    more: int = 0  # that are not told


@dataclass(frozen=True)
class DeskPage(Page):
    """A short word to an owner, and to whoever confirms something; the template lists the states."""

    template = "desk.j2"
    state: str
    title: str = ""
    count: int = 0
