"""Pages of the terminal's own."""

from dataclasses import dataclass

from bot.rendering.pages.page import Page


@dataclass(frozen=True)
class TerminalPage(Page):
    """A word of the terminal's own; `moment` is when. `given` was typed, `count` buttons there are."""

    template = "terminal.j2"
    moment: str
    given: str = ""
    count: int = 0
