"""Pages for whoever follows something, and what is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.domain.process import Process
from bot.rendering.pages.page import Page


@dataclass(frozen=True)
class SubscriptionsPage(Page):
    """What the chat follows; `state` says what has just been done to `title`."""

    template = "subscriptions.j2"
    state: str  # subscribed, already, ended, was none, list, elsewhere
    title: str
    followed: Sequence[Process]


@dataclass(frozen=True)
class BulletinPage(Page):
    """A bulletin of the desk's."""

    template = "bulletin.j2"
    process: str
    paragraphs: Sequence[Markup]
    day: date


@dataclass(frozen=True)
class UpdatePage(Page):
    """What was added or changed in a process; `more` counts what is not named."""

    template = "update.j2"
    process: str
    titles: Sequence[str]
    more: int
    day: date


@dataclass(frozen=True)
class ForgetPage(Page):
    """What is held of a reader, before it is erased and after."""

    template = "forget.j2"
    messages: int
    subscriptions: int
    ratings: int
    reports: int
    erased: bool


@dataclass(frozen=True)
class PrivacyPage(Page):
    """What is kept of readers, and how long."""

    template = "privacy.j2"
    number: str
    ledger_days: int
    feedback_days: int
