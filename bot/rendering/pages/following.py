"""Pages for whoever follows something, and what is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.domain.following import Hours, Mode
from bot.rendering.notes import Numbered
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Age


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """Something that the chat follows ("" is everything), and how it hears of it."""

    title: str
    mode: Mode


@dataclass(frozen=True)
class FollowingPage(Page):
    """What the chat follows; `state` says what has just been done to `title`.

    One subscription is told with its hours. `paused` is the day until which nothing is told.
    """

    template = "following.j2"
    state: str  # subscribed, already, shown, list, ended, ended all, was none, elsewhere, administrators
    title: str = ""
    followed: Sequence[FollowedLine] = ()
    hours: Hours = Hours()  # noqa: RUF009 - frozen
    paused: date | None = None


@dataclass(frozen=True)
class HoursPage(Page):
    """At which hours the chat hears of news: what is asked for, and what was written that says nothing."""

    template = "hours.j2"
    hours: Hours
    paused: date | None
    asked: str  # hours, day, zone, quiet, pause
    wrong: str


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
class ReminderPage(Page):
    """An agreement's declared end is near or has passed, and our sources give no extension."""

    template = "reminder.j2"
    title: str
    stage: str  # tomorrow, today, passed
    ends: date
    age: Age
    marks: str
    sources: Sequence[Numbered]


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
    correction_days: int
