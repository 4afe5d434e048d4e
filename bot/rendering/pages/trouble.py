"""Pages for what went otherwise than asked: nothing there yet, no such command, a failure on our side."""

from dataclasses import dataclass

from bot.rendering.pages.page import Page


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
