"""Plain records for tests that need one of each: a small world, valid by the gate, and ways to change it."""

from datetime import date
from typing import Any, Final

from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.event import Event
from bot.domain.gate import World
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Record
from bot.domain.source import Source

AS_OF: Final = date(2025, 3, 18)
CITE: Final = ({"source": "herald"},)
SAID: Final = {"text": "They agreed to a pause.[^1]", "cite": CITE}


def source(slug: str = "herald", **changes: Any) -> Source:
    """Return an outlet's article."""
    body = {
        "slug": slug,
        "process": "talks",
        "title": "A pause: what we know",
        "publisher": "The Herald",
        "type": "outlet",
        "published": "2025-03-18",
    }
    return Source.model_validate(body | changes)


def party(slug: str = "northland", **changes: Any) -> Party:
    """Return a state."""
    body = {"slug": slug, "process": "talks", "name": slug.title(), "type": "state"}
    return Party.model_validate(body | changes)


def process(slug: str = "talks", **changes: Any) -> Process:
    """Return a process of two parties."""
    body = {
        "slug": slug,
        "title": "The harbour talks",
        "summary": (SAID,),
        "parties": ("northland", "southland"),
        "as_of": AS_OF,
    }
    return Process.model_validate(body | changes)


def question(slug: str = "what-was-agreed", **changes: Any) -> Question:
    """Return a question with a short answer."""
    body = {
        "slug": slug,
        "process": "talks",
        "question": "What was agreed?",
        "type": "fact",
        "short": (SAID,),
        "as_of": AS_OF,
    }
    return Question.model_validate(body | changes)


def agreement(slug: str = "pause", **changes: Any) -> Agreement:
    """Return an agreement without dates."""
    body = {
        "slug": slug,
        "process": "talks",
        "title": "The pause",
        "stage": "ceasefire",
        "purpose": SAID,
        "as_of": AS_OF,
    }
    return Agreement.model_validate(body | changes)


def event(slug: str = "call", **changes: Any) -> Event:
    """Return talks that happened on a day."""
    body = {
        "slug": slug,
        "process": "talks",
        "title": "A call",
        "type": "talks",
        "occurred": "2025-03-18",
        "actors": ("northland", "southland"),
        "text": (SAID,),
        "agreements": ("pause",),
        "as_of": AS_OF,
    }
    return Event.model_validate(body | changes)


def position(**changes: Any) -> dict[str, Any]:
    """Return the body of a position of Northland's."""
    body = {
        "key": "north-accepts",
        "party": "northland",
        "stance": "accepts",
        "text": {"text": "The North accepts.", "cite": CITE},
        "stated": "2025-03-18",
        "cite": CITE,
    }
    return body | changes


def key_date(on: str, **changes: Any) -> dict[str, Any]:
    """Return the body of one of an agreement's dates, sourced."""
    return {"on": on, "cite": CITE} | changes


def turn(status: str, on: str) -> dict[str, Any]:
    """Return the body of a turn in an agreement's life, sourced."""
    return {"status": status, "on": on, "cite": CITE}


def records() -> tuple[Record, ...]:
    """Return one record of each kind, and the second party that they name; none of them has a fault."""
    return (process(), party(), party("southland"), source(), question(), agreement(), event())


def world(*changed: Record) -> World:
    """Return those records by kind and slug, with `changed` in place of their namesakes, or added."""
    found: dict[tuple[Kind, str], Record] = {(record.kind, str(record.slug)): record for record in records()}
    return found | {(record.kind, str(record.slug)): record for record in changed}
