"""Pages for what is about to be published, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rendering.pages.page import Page


@dataclass(frozen=True)
class PublishPage(Page):
    """What publishing would do, for whoever is to confirm it."""

    template = "publish.j2"
    process: str
    new: Sequence[str]
    changed: Sequence[str]
    retired: Sequence[str]
    unchanged: int
    change: str  # minor, update, correction, retraction, bulletin; "" where it is still to be chosen
    note: str
    unseen: int
    messages: int  # that would be edited
    readers: int  # who would be notified of that
    followers: int
    hold: int  # seconds in which it can be taken back
    second: bool
    warnings: Sequence[str]
    may: bool  # whoever reads this may publish over the warnings


@dataclass(frozen=True)
class HeldPage(Page):
    """What has become of something that was confirmed."""

    template = "held.j2"
    state: str  # waiting, held, done, taken back, sent back, refused
    kind: str  # records, bulletin, retraction
    title: str
    count: int
    number: int
    due: datetime | None
    reason: str  # overtaken, changed, revoked, failed, or the gate's own words
    done: int  # the publication or bulletin that it became
