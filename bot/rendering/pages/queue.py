"""Pages about questions that have no answer yet: for who asked, and for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Paging


@dataclass(frozen=True)
class WishPage(Page):
    """What has become of a reader's wish to hear of an answer to `asked`: kept, ended, was none, too many; or all."""

    template = "wish.j2"
    state: str
    asked: str
    waiting: Sequence[str]


@dataclass(frozen=True)
class AnsweredPage(Page):
    """Above an answer that a reader asked to be told of; `gone` where it has been withdrawn by now."""

    template = "answered.j2"
    gone: bool


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """Questions that ask for the same thing: one wording, how many readers asked, in how many wordings, who waits."""

    words: str
    readers: int
    wordings: int
    wishes: int


@dataclass(frozen=True)
class QueuePage(Page):
    """What readers could not find; `readers` counts all of them."""

    template = "queue.j2"
    clusters: Sequence[ClusterLine]
    paging: Paging
    readers: int


@dataclass(frozen=True)
class ClusterPage(Page):
    """Questions that ask for the same thing; `state` is shown, why (to dismiss it), dismissed or gone."""

    template = "cluster.j2"
    state: str
    number: int
    process: str
    words: str
    others: Sequence[str]
    more: int
    readers: int
    wishes: int
    newest: date
    closest: Sequence[str]


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A record that readers complain of: how often it was rated down, and how many reports there are."""

    title: str
    down: int
    reports: int


@dataclass(frozen=True, slots=True)
class RatedLine:
    """How a revision was rated."""

    number: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report, with the revision that its reader was told."""

    id: int
    number: int
    made: date
    text: str


@dataclass(frozen=True)
class ComplaintsPage(Page):
    """The records that readers complain of."""

    template = "complaints.j2"
    records: Sequence[ComplaintLine]
    paging: Paging


@dataclass(frozen=True)
class ComplaintPage(Page):
    """What readers say against one record; `newest` is its newest revision, `more` counts older reports."""

    template = "complaint.j2"
    title: str
    newest: int
    rated: Sequence[RatedLine]
    reports: Sequence[ReportLine]
    more: int
