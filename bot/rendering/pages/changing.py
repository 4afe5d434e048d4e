"""Pages for what has changed: corrections, digests, and what is new since a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.domain.dates import When
from bot.domain.revision import Change
from bot.domain.statement import Certainty
from bot.rendering.notes import Numbered
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Paging


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what a record says: words, a date, or both."""

    text: str
    when: When | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A piece that is different: its field, whose it is, and old and new; None where it was not, or is no longer."""

    what: str
    whose: str
    old: Piece | None
    new: Piece | None
    marks: str = ""


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record that has changed: its title, the kind and day of the change, why, and what is different."""

    title: str
    change: Change
    day: date
    note: str
    lines: Sequence[ChangeLine]
    new: bool = False  # it was not there before


@dataclass(frozen=True)
class CorrectionPage(Page):
    """What we told that was wrong, what is right, and why."""

    template = "correction.j2"
    corrected: Sequence[ChangedRecord]
    more: int
    sources: Sequence[Numbered]


@dataclass(frozen=True)
class BannerPage(Page):
    """The head of a message that has been corrected in its place."""

    template = "banner.j2"
    day: date
    note: str


@dataclass(frozen=True)
class WithdrawnPage(Page):
    """What stands in the place of a message whose record has been withdrawn."""

    template = "withdrawn.j2"
    title: str
    day: date
    note: str


@dataclass(frozen=True, slots=True)
class DigestPart:
    """What a broadcast told: a bulletin's words, the records that are new, or the records that were put right."""

    kind: str  # bulletin, update, correction, reminder
    process: str
    day: date
    titles: Sequence[str]
    more: int
    paragraphs: Sequence[Markup] = ()


@dataclass(frozen=True)
class DigestPage(Page):
    """Everything that has come since a chat was told last."""

    template = "digest.j2"
    parts: Sequence[DigestPart]
    more: int


@dataclass(frozen=True, slots=True)
class LoggedCorrection:
    """A correction in the public log: what was corrected, why, and how many readers it has reached."""

    day: date
    titles: Sequence[str]
    note: str
    arrived: int
    waiting: int
    unreachable: int


@dataclass(frozen=True)
class CorrectionsPage(Page):
    """The public log of corrections, newest first."""

    template = "corrections.j2"
    corrections: Sequence[LoggedCorrection]
    paging: Paging


@dataclass(frozen=True)
class ChangesPage(Page):
    """What has changed since a day, or since the reader asked last."""

    template = "changes.j2"
    process: str
    since: date | None  # None: since the reader asked last
    changed: Sequence[ChangedRecord]
    paging: Paging
    sources: Sequence[Numbered]
