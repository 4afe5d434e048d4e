"""Pages about questions that have no answer yet: for who asked, and for the desk."""

from dataclasses import dataclass

from bot.rendering.pages.page import Page


@dataclass(frozen=True)
class WishPage(Page):
    """What has become of a reader's wish to hear of an answer to `asked`: kept, ended, was none, too many."""

    template = "wish.j2"
    state: str
    asked: str


@dataclass(frozen=True)
class AnsweredPage(Page):
    """Above an answer that a reader asked to be told of; `gone` where it has been withdrawn by now."""

    template = "answered.j2"
    gone: bool
