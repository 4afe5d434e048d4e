"""The forms: for each thing that the desk writes its fields, in the order to ask for them, each with an example.

A field is entered by typing, by buttons, or both; what it must hold is the record's own model's to say. What a field is
called, and what is asked, stands in templates/<locale>/field.j2.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final

from bot.domain.agreement import Form, Laterality, Stage, Stance, Turn
from bot.domain.base import Kind, Path
from bot.domain.event import EventType
from bot.domain.party import PartyType
from bot.domain.question import QuestionType
from bot.domain.source import SourceType
from bot.domain.statement import Certainty, Known

BULLETIN: Final = "bulletin"


class Entry(Enum):
    """How a field is entered."""

    LINE = auto()  # one line
    TEXT = auto()  # several
    LINES = auto()  # several texts, one a line
    DAY = auto()  # a day, or a button for today
    WHEN = auto()  # a date as exact as the source has it, or a button for today
    CHOICE = auto()  # one of a few, by button
    LINK = auto()  # one record, by button
    LINKS = auto()  # several, by buttons
    CITES = auto()  # sources, by buttons, with where in them and their words
    GROUP = auto()  # the parts of one thing
    ITEMS = auto()  # several things of the same parts


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; `name` is its path in the record, its steps set apart by dots."""

    name: str
    entry: Entry
    example: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    links: Kind | None = None
    parts: "tuple[Field, ...]" = ()

    @property
    def path(self) -> Path:
        """Return where the record has it."""
        return tuple(self.name.split("."))


def _choice(name: str, words: type[StrEnum], *, required: bool = False) -> Field:
    return Field(name, Entry.CHOICE, required=required, choices=tuple(word.value for word in words))


def _line(name: str, example: str, *, required: bool = False) -> Field:
    return Field(name, Entry.LINE, example, required=required)


def _link(name: str, kind: Kind) -> Field:
    return Field(name, Entry.LINK, links=kind)


def _links(name: str, kind: Kind) -> Field:
    return Field(name, Entry.LINKS, links=kind)


_DAY: Final = "2025-03-18"
_WHEN: Final = "2025-03-18, 2025-03, by 2025-03-18 or unclear"
_CITE: Final = Field("cite", Entry.CITES, 'second paragraph | "the words of the source"', required=True)
STATEMENT: Final = (
    Field("text", Entry.TEXT, "Putin agreed to a pause of 30 days.", required=True),
    _CITE,
    _choice("certainty", Certainty),
    _link("party", Kind.PARTY),
    _line("by", "the Kremlin"),
)
_KEY_DATE: Final = (
    Field("on", Entry.WHEN, _WHEN, required=True),
    _line("words", "The White House spoke of an immediate start"),
    _CITE,
)


def _said(name: str, *, required: bool = False) -> Field:
    return Field(name, Entry.ITEMS, required=required, parts=STATEMENT)


_AS_OF: Final = Field("as_of", Entry.DAY, _DAY, required=True)
_REVIEW: Final = Field("review_by", Entry.DAY, "2025-06-18")
_SLUG: Final = _line("slug", "what-was-agreed", required=True)
_QUESTION: Final = (
    _line("question", "What was agreed on the telephone?", required=True),
    _said("short", required=True),
    _AS_OF,
    _choice("type", QuestionType, required=True),
    _said("full"),
    Field("paraphrases", Entry.LINES, "is there a ceasefire now"),
    _line("command", "agreed"),
    _links("agreements", Kind.AGREEMENT),
    _links("related", Kind.QUESTION),
    Field("tags", Entry.LINES, "energy"),
    _REVIEW,
    _SLUG,
)
_POSITION: Final = (
    Field("party", Entry.LINK, required=True, links=Kind.PARTY),
    _choice("stance", Stance, required=True),
    Field("text", Entry.GROUP, required=True, parts=STATEMENT),
    Field("stated", Entry.WHEN, _WHEN, required=True),
    Field("statement", Entry.TEXT, "We are ready to stop."),
    _line("speaker", "Dmitry Peskov"),
)
_AGREEMENT: Final = (
    _line("title", "Pause in strikes on energy infrastructure", required=True),
    _choice("stage", Stage, required=True),
    Field("purpose", Entry.GROUP, required=True, parts=STATEMENT),
    _AS_OF,
    Field("positions", Entry.ITEMS, parts=_POSITION),
    Field(
        "status_events",
        Entry.ITEMS,
        parts=(_choice("status", Turn, required=True), Field("on", Entry.WHEN, _WHEN, required=True), _CITE),
    ),
    *(
        Field(f"dates.{name}", Entry.GROUP, parts=_KEY_DATE)
        for name in ("announced", "signed", "effective", "declared_end", "extended_to", "ended")
    ),
    Field("duration", Entry.GROUP, parts=(_line("words", "30 days", required=True), _line("days", "30"), _CITE)),
    _said("conditions"),
    Field(
        "provisions",
        Entry.ITEMS,
        parts=(_line("title", "Energy", required=True), Field("text", Entry.GROUP, required=True, parts=STATEMENT)),
    ),
    Field(
        "monitoring",
        Entry.GROUP,
        parts=(_choice("agreed", Known, required=True), Field("text", Entry.GROUP, parts=STATEMENT)),
    ),
    _said("outstanding"),
    _choice("form", Form),
    _choice("laterality", Laterality),
    Field("aliases", Entry.LINES, "energy truce"),
    Field("mediators", Entry.LINES, "United States"),
    Field("third_parties", Entry.LINES, "United Nations"),
    Field("signatories", Entry.LINES, "Sergey Shoigu, for Russia"),
    _line("place", "Jeddah"),
    Field("links", Entry.LINES, "https://www.example.org/text"),
    _links("supersedes", Kind.AGREEMENT),
    _links("renews", Kind.AGREEMENT),
    _line("pax_id", "2401"),
    _line("ucdp_id", "1711"),
    _REVIEW,
    _SLUG,
)
_EVENT: Final = (
    _line("title", "Second telephone call", required=True),
    _choice("type", EventType, required=True),
    Field("occurred", Entry.WHEN, _WHEN, required=True),
    _said("text", required=True),
    _AS_OF,
    _line("words", "on Tuesday evening"),
    _line("place", "Jeddah"),
    _links("actors", Kind.PARTY),
    _link("alleged_by", Kind.PARTY),
    _link("denied_by", Kind.PARTY),
    _links("agreements", Kind.AGREEMENT),
    _REVIEW,
    _SLUG,
)
_SOURCE: Final = (
    _line("title", "Explainer on the telephone call", required=True),
    _line("publisher", "blue News", required=True),
    _choice("type", SourceType, required=True),
    Field("published", Entry.WHEN, _WHEN, required=True),
    _line("url", "https://www.example.org/article"),
    _line("author", "Jan-Niklas Jäger"),
    _line("credit", "with material from dpa"),
    Field(
        "pictures",
        Entry.ITEMS,
        parts=(
            _line("caption", "Trump at his desk", required=True),
            _line("credit", "Keystone/AP", required=True),
        ),
    ),
    _line("archive_url", "https://web.archive.org/web/2025/https://www.example.org/article"),
    Field("accessed", Entry.DAY, _DAY),
    _line("country", "Switzerland"),
    _line("language", "German"),
    _line("note", "Translated by machine"),
    _link("superseded_by", Kind.SOURCE),
    _SLUG,
)
_PARTY: Final = (
    _line("name", "Russia", required=True),
    _choice("type", PartyType, required=True),
    Field("aliases", Entry.LINES, "the Kremlin"),
    _said("about"),
    _link("member_of", Kind.PARTY),
    _SLUG,
)
_PROCESS: Final = (
    _line("title", "Ceasefire talks 2025", required=True),
    _said("summary", required=True),
    _AS_OF,
    _links("parties", Kind.PARTY),
    Field("aliases", Entry.LINES, "peace talks"),
    _line("stale_after_days", "30"),
    Field("four_eyes", Entry.CHOICE, choices=("true", "false")),
    _REVIEW,
    _SLUG,
)
FORMS: Final[Mapping[str, tuple[Field, ...]]] = {
    Kind.QUESTION.value: _QUESTION,
    Kind.AGREEMENT.value: _AGREEMENT,
    Kind.EVENT.value: _EVENT,
    Kind.SOURCE.value: _SOURCE,
    Kind.PARTY.value: _PARTY,
    Kind.PROCESS.value: _PROCESS,
    BULLETIN: (Field("text", Entry.TEXT, "The talks go on **tomorrow**.", required=True),),
}


def field_at(form: Sequence[Field], path: Path) -> Field | None:
    """Return the field that stands at `path` in what is written with the form, None where it has none there."""
    for field in form:
        if path[: len(field.path)] == field.path:
            rest = path[len(field.path) :]
            if field.entry is Entry.ITEMS and rest:
                if not isinstance(rest[0], int):
                    return None
                rest = rest[1:]
            return field_at(field.parts, rest) if rest else field
    return None


def all_fields(form: Sequence[Field], above: str = "") -> Iterator[tuple[str, Field]]:
    """Yield every field of the form, and every part of one, with its name."""
    for field in form:
        name = f"{above}{field.name}"
        yield name, field
        yield from all_fields(field.parts, f"{name}.")
