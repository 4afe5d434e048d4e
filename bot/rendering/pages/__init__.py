"""The pages: for each template the one typed context that it is rendered from. A test compares the two."""

from typing import Final

from bot.rendering.pages import (
    asking,
    browsing,
    changing,
    desk,
    following,
    inline,
    publishing,
    records,
    team,
    terminal,
    trouble,
    writing,
)
from bot.rendering.pages.page import Page

PAGES: Final[tuple[type[Page], ...]] = tuple(Page.__subclasses__())

__all__ = [
    "PAGES",
    "asking",
    "browsing",
    "changing",
    "desk",
    "following",
    "inline",
    "publishing",
    "records",
    "team",
    "terminal",
    "trouble",
    "writing",
]
