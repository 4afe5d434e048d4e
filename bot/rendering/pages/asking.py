"""Pages that answer a reader: the welcome, answers, suggestions, and what else helps with asking."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.process import Process
from bot.domain.question import Question
from bot.rendering.notes import Numbered, Shown
from bot.rendering.pages.page import Page
from bot.rendering.pages.parts import Age, Paging


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
class SuggestionsPage(Page):
    """No certain answer; the closest questions are the buttons below."""

    template = "suggestions.j2"
    asked: str


@dataclass(frozen=True)
class ChatterPage(Page):
    """A greeting or thanks, returned, with what one can ask."""

    template = "chatter.j2"
    process: str
    examples: Sequence[str]


@dataclass(frozen=True)
class NotCoveredPage(Page):
    """Nothing here answers it; `kept` says whether the desk has the question: kept, too many, not saved, ""."""

    template = "not_covered.j2"
    asked: str
    process: str
    kept: str


@dataclass(frozen=True)
class TopicsPage(Page):
    """The processes followed, or those that have the `words`, and which one this chat asks about."""

    template = "topics.j2"
    processes: Sequence[Process]
    chosen: str
    just_chosen: bool
    words: str
    paging: Paging


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
class ReportPage(Page):
    """A report of an error: how to make one, or thanks for it, or why it was not taken."""

    template = "report.j2"
    state: str  # ask, nothing told, reply to it, too long, too many, thanks
    about: str
    number: int
    limit: int
