"""The pages: for each template the one typed context that it is rendered from. A test compares the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from markupsafe import Markup

from bot.domain.agreement import Agreement, Stance
from bot.domain.dates import When
from bot.domain.event import Event
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.source import Source
from bot.domain.staleness import Stale
from bot.domain.statement import Citation
from bot.domain.status import Standing
from bot.rendering.notes import Numbered, Shown


@dataclass(frozen=True)
class Page:
    """What a template is rendered from."""

    template: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Age:
    """As of when a record holds, and since when it is stale, if it is."""

    as_of: date
    stale: Stale | None


@dataclass(frozen=True, slots=True)
class DateLine:
    """One of an agreement's dates: `name` is its field, or the turn that came with it."""

    name: str
    on: When
    words: str
    perhaps: date | None
    marks: str


@dataclass(frozen=True, slots=True)
class StanceLine:
    """What a party says of an agreement; `stance` is None where our sources hold none."""

    party: str
    stance: Stance | None
    provision: str = ""
    text: Shown | None = None
    statement: str = ""
    speaker: str = ""
    stated: When | None = None
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An agreement in a list; `standing` is None where nothing of it had come about by the day asked for."""

    agreement: Agreement
    standing: Standing | None
    rejected_by: tuple[str, ...] = ()
    marks: str = ""
    stances: tuple[StanceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in a timeline; an alleged one with the names of who alleges it and who denies it."""

    event: Event
    text: tuple[Shown, ...]
    alleged_by: str = ""
    denied_by: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A statement with what each of its citations says, for whoever wants to check."""

    text: Shown
    cite: tuple[tuple[int, Citation], ...]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of how many, and how many things in all."""

    number: int
    count: int
    total: int


@dataclass(frozen=True)
class StartPage(Page):
    """The welcome; `lost_link` when the link that led here leads to nothing."""

    template = "start.j2"
    process: Process | None
    examples: Sequence[str]
    lost_link: bool


@dataclass(frozen=True)
class HelpPage(Page):
    """Every command with what it does, and the questions' own."""

    template = "help.j2"
    commands: Sequence[tuple[str, str]]
    questions: Sequence[Question]


@dataclass(frozen=True)
class AskPage(Page):
    """How to ask, for who sent /ask without a question, or one longer than `limit` characters."""

    template = "ask.j2"
    examples: Sequence[str]
    limit: int
    too_long: bool


@dataclass(frozen=True)
class AnswerPage(Page):
    """A curated question with its answer."""

    template = "answer.j2"
    question: str
    short: Sequence[Shown]
    full: Sequence[Shown]
    fold: bool
    age: Age
    sources: Sequence[Numbered]
    share: str


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


@dataclass(frozen=True)
class SuggestionsPage(Page):
    """No certain answer; the closest questions are the buttons below."""

    template = "suggestions.j2"
    asked: str


@dataclass(frozen=True)
class NotCoveredPage(Page):
    """Nothing here answers it."""

    template = "not_covered.j2"
    asked: str
    process: str


@dataclass(frozen=True)
class TopicsPage(Page):
    """The processes followed, and which one this chat asks about."""

    template = "topics.j2"
    processes: Sequence[Process]
    chosen: str
    just_chosen: bool
    unknown: str


@dataclass(frozen=True)
class BriefPage(Page):
    """A process in a few points."""

    template = "brief.j2"
    process: Process
    points: Sequence[Shown]
    age: Age
    sources: Sequence[Numbered]
    share: str


@dataclass(frozen=True)
class QuestionsPage(Page):
    """The curated questions of a process."""

    template = "questions.j2"
    process: str
    questions: Sequence[Question]
    paging: Paging


@dataclass(frozen=True)
class AgreementsPage(Page):
    """Agreements with their status on `day`; `filters` says in words what was asked for."""

    template = "agreements.j2"
    filters: Sequence[str]
    not_understood: str
    listed: Sequence[Listed]
    age: Age | None
    sources: Sequence[Numbered]
    paging: Paging
    day: date


@dataclass(frozen=True)
class AgreementPage(Page):
    """An agreement's card."""

    template = "agreement.j2"
    agreement: Agreement
    standing: Standing | None
    rejected_by: Sequence[str]
    day: date
    purpose: Shown
    dates: Sequence[DateLine]
    duration: str
    provisions: Sequence[Shown]
    conditions: Sequence[Shown]
    monitoring: Shown | None
    outstanding: Sequence[Shown]
    stances: Sequence[StanceLine]
    age: Age
    sources: Sequence[Numbered]
    share: str


@dataclass(frozen=True)
class PositionsPage(Page):
    """Who says what of which agreement."""

    template = "positions.j2"
    process: str
    listed: Sequence[Listed]
    age: Age | None
    sources: Sequence[Numbered]
    paging: Paging


@dataclass(frozen=True)
class PartiesPage(Page):
    """The parties of a process; `unknown` is a name that none answers to."""

    template = "parties.j2"
    parties: Sequence[Party]
    unknown: str


@dataclass(frozen=True)
class PartyPage(Page):
    """A party: its names, and its stance on each agreement."""

    template = "party.j2"
    party: Party
    about: Sequence[Shown]
    stances: Sequence[tuple[str, StanceLine]]
    age: Age | None
    sources: Sequence[Numbered]
    share: str


@dataclass(frozen=True)
class TimelinePage(Page):
    """A process's events, oldest first."""

    template = "timeline.j2"
    process: str
    happened: Sequence[Happened]
    age: Age | None
    sources: Sequence[Numbered]
    paging: Paging


@dataclass(frozen=True)
class AsOfPage(Page):
    """What held on a day: by what is known today, or by what the desk had recorded by then (`as_known`)."""

    template = "asof.j2"
    process: str
    day: date
    today: date
    as_known: bool
    listed: Sequence[Listed]
    later: Sequence[str]
    age: Age | None
    sources: Sequence[Numbered]
    paging: Paging


@dataclass(frozen=True)
class AsOfUsagePage(Page):
    """How to write a date."""

    template = "asof_usage.j2"
    given: str


@dataclass(frozen=True)
class SourcesPage(Page):
    """Sources with all their credits."""

    template = "sources.j2"
    process: str
    sources: Sequence[Source]
    paging: Paging


@dataclass(frozen=True)
class QuotesPage(Page):
    """Where each statement of a record comes from, in the source's words."""

    template = "quotes.j2"
    title: str
    quoted: Sequence[Quoted]
    sources: Sequence[Numbered]


@dataclass(frozen=True)
class NotFoundPage(Page):
    """No such record; `kind` is process, agreement, told (a question or an agreement), record or news."""

    template = "not_found.j2"
    kind: str
    given: str


@dataclass(frozen=True)
class ReportPage(Page):
    """A report of an error: how to make one, or thanks for it, or why it was not taken."""

    template = "report.j2"
    state: str  # ask, nothing told, reply to it, too long, too many, thanks
    about: str
    number: int
    limit: int


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
class FaultsPage(Page):
    """Why something cannot be published, or why `retiring` cannot be withdrawn."""

    template = "faults.j2"
    faults: Sequence[str]
    retiring: str = ""


@dataclass(frozen=True)
class UploadPage(Page):
    """What publishing a content file would do, for the owner who sent it."""

    template = "upload.j2"
    process: str
    new: Sequence[str]
    changed: Sequence[str]
    unchanged: int
    note: str
    unseen: int


@dataclass(frozen=True)
class DeskPage(Page):
    """A short word to an owner, and to whoever confirms something; the template lists the states."""

    template = "desk.j2"
    state: str
    title: str = ""
    count: int = 0


@dataclass(frozen=True)
class PrivacyPage(Page):
    """What is kept of readers, and how long."""

    template = "privacy.j2"
    ledger_days: int
    feedback_days: int


@dataclass(frozen=True)
class UnknownCommandPage(Page):
    """No such command, and the nearest one that there is."""

    template = "unknown_command.j2"
    given: str
    nearest: str


@dataclass(frozen=True)
class EmptyPage(Page):
    """Nothing is published yet."""

    template = "empty.j2"


@dataclass(frozen=True)
class FailurePage(Page):
    """Something failed on our side; `key` is the error's, `reference` what the log has too."""

    template = "failures.j2"
    key: str
    reference: str


@dataclass(frozen=True)
class AlertPage(Page):
    """For the desk: something failed on our side, so many times since the last alert."""

    template = "alert.j2"
    what: str
    reference: str
    times: int


@dataclass(frozen=True)
class UnrecordedPage(Page):
    """A line below an answer that the ledger could not take."""

    template = "unrecorded.j2"


@dataclass(frozen=True)
class TerminalPage(Page):
    """A word of the terminal's own; `moment` is when. `given` was typed, `count` buttons there are."""

    template = "terminal.j2"
    moment: str
    given: str = ""
    count: int = 0


PAGES: Final[tuple[type[Page], ...]] = tuple(Page.__subclasses__())
