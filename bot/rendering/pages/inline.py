"""Pages of inline mode, for chats which the bot is not in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.rendering.notes import Numbered, Shown
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Age, Listed


@dataclass(frozen=True)
class InlinePage(Page):
    """A record in short, as a message in a chat which the bot is not in; `cut` where not all of it fits one message."""

    template = "inline.j2"
    title: str
    brief: bool
    listed: Listed | None
    day: date
    short: Sequence[Shown]
    cut: bool
    age: Age | None
    sources: Sequence[Numbered]
    share: str


@dataclass(frozen=True)
class InlinePreviewPage(Page):
    """The line below a result's title while a reader of inline mode chooses."""

    template = "inline_preview.j2"
    brief: bool
    listed: Listed | None
    day: date
    first: Shown


@dataclass(frozen=True)
class InlineGonePage(Page):
    """In place of a message sent through inline mode whose record is no longer published."""

    template = "inline_gone.j2"
