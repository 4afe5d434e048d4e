"""Pages about the desk itself: who is on it, and who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.roles import Role
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Paging


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person of the team: their number, their role, and what to call them, where somebody said that."""

    number: str
    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that somebody did."""

    at: datetime
    who: str
    did: str
    what: str


@dataclass(frozen=True)
class TeamPage(Page):
    """Everybody on the desk, below what has just been done: a role `granted` to a number, or one `revoked`."""

    template = "team.j2"
    members: Sequence[MemberLine]
    granted: str
    role: str
    revoked: str


@dataclass(frozen=True)
class AuditPage(Page):
    """What was done on the desk, the newest first."""

    template = "audit.j2"
    noted: Sequence[AuditLine]
    paging: Paging
