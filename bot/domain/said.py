"""What a record says to a reader, piece by piece, and which pieces are different in two states of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import zip_longest
from typing import Final

from bot.domain.agreement import Duration, KeyDate, Position, StatusEvent
from bot.domain.base import Link, Model
from bot.domain.dates import When
from bot.domain.record import Record
from bot.domain.statement import Certainty, Citation, Statement, without_marks

# What is there to find, order and check a record by, and says nothing of the world.
_UNSAID: Final = frozenset(
    {
        "slug",
        "process",
        "as_of",
        "review_by",
        "tags",
        "paraphrases",
        "command",
        "locale",
        "default",
        "key",
        "cite",
        "stale_after_days",
        "verified_by",
        "verified_at",
        "links",
        "pax_id",
        "ucdp_id",
        "provision",
        "accessed",
        "archive_url",
        "perhaps",
        "note",
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of what a record says: the field that holds it, its words or its date, and what it rests on."""

    what: str
    text: str = ""
    when: When | None = None
    certainty: Certainty = Certainty.REPORTED
    party: str = ""  # the slug of the one whose stance it is
    cite: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A piece that is different: None where it was not there, or is no longer."""

    old: Said | None
    new: Said | None

    @property
    def what(self) -> Said:
        """Return the newer of the two that there is."""
        return self.new or self.old or Said("")


def said(record: Record) -> tuple[Said, ...]:
    """Return what the record says, in the order of its model."""
    return tuple(_of(record))


def changed(old: Record, new: Record) -> tuple[Changed, ...]:
    """Return the pieces that are different, each beside the one it takes the place of."""
    before, after = _grouped(said(old)), _grouped(said(new))
    found: list[Changed] = []
    for group in dict.fromkeys((*after, *before)):
        was, now = before.get(group, []), after.get(group, [])
        matcher = SequenceMatcher(None, list(map(_key, was)), list(map(_key, now)), autojunk=False)
        for tag, first, last, begin, end in matcher.get_opcodes():
            if tag != "equal":
                found += [Changed(*pair) for pair in zip_longest(was[first:last], now[begin:end])]
    return tuple(found)


def _grouped(pieces: tuple[Said, ...]) -> dict[tuple[str, str], list[Said]]:
    groups: dict[tuple[str, str], list[Said]] = {}
    for piece in pieces:
        groups.setdefault((piece.what, piece.party), []).append(piece)
    return groups


def _key(piece: Said) -> tuple[str, When | None, Certainty]:
    return piece.text, piece.when, piece.certainty


def _of(model: Model) -> Iterator[Said]:
    for name in type(model).model_fields:
        if name not in _UNSAID:
            yield from _piece(name, getattr(model, name))


def _piece(what: str, value: object) -> Iterator[Said]:
    match value:
        case Statement() | KeyDate() | StatusEvent() | Duration() | Position():
            yield from _cited(what, value)
        case When():
            yield Said(what, when=value)
        case Enum():
            yield Said(what, str(value.value))
        case Link():
            return  # where it leads is told by the record there
        case str():
            yield Said(what, value)
        case tuple():
            for item in value:
                yield from _piece(what, item)
        case Model():
            yield from _of(value)


def _cited(what: str, value: Statement | KeyDate | StatusEvent | Duration | Position) -> Iterator[Said]:
    match value:
        case Statement():
            yield Said(what, without_marks(value.text), None, value.certainty, value.party or "", value.cite)
        case KeyDate():
            yield Said(what, value.words or "", value.on, cite=value.cite)
        case StatusEvent():
            yield Said(value.status.value, value.words or "", value.on, cite=value.cite)
        case Duration():
            yield Said(what, value.words, cite=value.cite)
        case Position():
            yield Said("stance", value.stance.value, party=value.party, cite=value.cite)
            yield Said("position", without_marks(value.text.text), party=value.party, cite=value.text.cite)
