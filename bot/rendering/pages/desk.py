"""Pages for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rendering.pages.page import Page


@dataclass(frozen=True)
class FaultsPage(Page):
    """Why something cannot be published: a file, or a `draft`; or why `retiring` cannot be withdrawn."""

    template = "faults.j2"
    faults: Sequence[str]
    retiring: str = ""
    draft: int = 0
    more: int = 0  # that are not told


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """Something that goes out to many: how many messages were sent, wait, and cannot arrive; the rate is a second.

    Not `filled`, more wait than are counted. `ends` is when it is through at this rate, where anybody can say.
    """

    number: int
    kind: str
    course: str
    sent: int
    waiting: int
    blocked: int
    failed: int
    rate: float
    filled: bool
    ends: datetime | None


@dataclass(frozen=True)
class OutboxPage(Page):
    """How what goes out to many is getting on."""

    template = "outbox.j2"
    under_way: Sequence[OnItsWay]


@dataclass(frozen=True)
class DeskPage(Page):
    """A short word to an owner, and to whoever confirms something; the template lists the states."""

    template = "desk.j2"
    state: str
    title: str = ""
    count: int = 0
