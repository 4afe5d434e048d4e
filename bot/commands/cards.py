"""Cards: the command line that shows a record, its deep link, and its name on a button."""

from typing import Final

from bot.catalogue.snapshot import Snapshot
from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.event import Event
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.domain.source import Source
from bot.rendering.limits import LABEL_LIMIT, clipped
from bot.rendering.reply import Button

PAYLOADS: Final = {"q": Kind.QUESTION, "a": Kind.AGREEMENT, "p": Kind.PROCESS, "y": Kind.PARTY}
KINDS: Final = tuple(PAYLOADS.values())  # the kinds that have a card of their own
ASK: Final = "ask"  # the start payload of a link that only leads here, to ask
_LETTERS: Final = {kind: letter for letter, kind in PAYLOADS.items()}


def payload(kind: Kind, slug: str) -> str:
    """Return the start payload of a record's card: at most 42 characters of what Telegram allows in a link."""
    return f"{_LETTERS[kind]}_{slug}"


def line(kind: Kind, slug: str) -> str:
    """Return the command line that shows the record's card; it fits a button and outlives a change of commands."""
    return f"/start {payload(kind, slug)}"


def card(snapshot: Snapshot, kind: Kind, slug: str) -> Revision[Record] | None:
    """Return the published record that has a card of its own, None where there is none."""
    return snapshot.by_key(kind, slug) if kind in KINDS else None


def title(record: Record) -> str:
    """Return what to call the record."""
    match record:
        case Question():
            return record.question
        case Agreement() | Process() | Event() | Source():
            return record.title
        case Party():
            return record.name
    return str(record.slug)


def button(record: Record) -> Button:
    """Return the button that leads to the record's card."""
    return Button(clipped(title(record), LABEL_LIMIT), line(record.kind, record.slug))
