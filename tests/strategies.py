"""Hypothesis strategies for records: hostile words, dates, statements, one record of each kind, and whole worlds.

A world is a set of records that the gate passes, with every link leading to a record of the same world. Its words are
as hostile as a record can hold: markup, template syntax, other alphabets, marks that turn text around.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from hypothesis import strategies as st

from bot.domain.agreement import Agreement, Form, Laterality, Stage, Stance, Turn
from bot.domain.base import Kind
from bot.domain.event import Event, EventType
from bot.domain.gate import NO_STATEMENT, World
from bot.domain.party import Party, PartyType
from bot.domain.process import Process
from bot.domain.question import Question, QuestionType
from bot.domain.record import Record
from bot.domain.source import Source, SourceType
from bot.domain.statement import Certainty, Known

Body = dict[str, Any]

PIECES: Final = (
    *("<b>", "</b>", "<", ">", "</", "<a href='x'>", "<script>alert(1)</script>", "<!--", "]]>", "&", "&amp;", "&lt;"),
    *("&#60;", "&nbsp;", "&copy", '"', "'", "{{ 7 * 7 }}", "{% raw %}", "{#", "%}", "{{", "[^1]", "[^2]", "[^0]"),
    *("[^99]", "[1]", "**", "*", "_", "__", "`", "~~", "\\", "[x](https://example.org)", "/start", "@someone", "#tag"),
    *("\u200f", "\u200e", "\u061c", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u2028", "\u00ad", "\u0301"),
    *(
        "مرحبا",
        "שלום",
        "Привіт",
        "Зеленський",
        "停戦",
        "한국어",
        "ไทย",
        "e\u0301",
        "a\u0328\u0301\u0323",
        "Ω",
        "ß",
        "ǅ",
    ),
    *("👍", "🇺🇦", "👩‍👩‍👧", "\U0001f1fa", "\U0001d518", "\U000e0041", "\x00", "\x1b[31m", "\x85", "\r", "\t", "  "),
    *("a truce", "for thirty days.", "Kyiv", "2025-03-18", "was agreed", "…", "“"),
)
_PLAIN: Final = (
    "Truce",
    "停",
    "Мир",
    "سلام",
    "x",
    "👍",
    "Ö",
    "7",
)  # what no cleaning takes away: words are never empty


def hostile(seed: int, breaks: str, most: int) -> str:
    """Return hostile words, the same for the same seed: one drawn number costs much less than a drawn list."""
    dice = Random(seed)  # noqa: S311 - not for secrets
    pieces = [dice.choice(PIECES) for _ in range(seed % most)]
    return dice.choice(breaks).join((dice.choice(_PLAIN), *pieces))


_SEEDS: Final = st.integers(0, 2**32)
_text: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
# What a record's one-line and many-line words can be; a few of the latter are as long as they may be.
lines: Final = st.one_of(
    *[_SEEDS.map(lambda seed: " ".join(hostile(seed, " -/", 8).split())[:120])] * 3,
    _text.map(lambda text: " ".join(f"7 {text}".split())),
)
words: Final = st.one_of(
    *[_SEEDS.map(lambda seed: hostile(seed, " \n", 9))] * 3,
    _SEEDS.map(lambda seed: hostile(seed, " \n", 500)[:1900]),
    _text.map("7 {}".format),
)

days: Final = st.dates(date(1945, 1, 1), date(2030, 12, 31))
near_days: Final = st.dates(date(2025, 1, 1), date(2025, 4, 30))
_spans: Final = st.tuples(near_days, st.integers(0, 90)).map(lambda drawn: (drawn[0], drawn[0] + timedelta(drawn[1])))
# The written forms of a date, most of them near each other, so that before, within and after all come about.
written_dates: Final = st.one_of(
    near_days.map(str),
    near_days.map(lambda day: f"by {day}"),
    near_days.map(lambda day: str(day)[:7]),
    days.map(lambda day: str(day)[:4]),
    _spans.map(lambda span: f"between {span[0]} and {span[1]}"),
    st.just("unclear"),
)
urls: Final = st.sampled_from(
    (None, "https://example.org/?a=1&b=2", "https://example.org/'\"<b>&amp;", "http://مثال.org/" + "x" * 500)
)


@dataclass(frozen=True, slots=True)
class Slugs:
    """The slugs that the records of one world may link to."""

    sources: tuple[str, ...] = ("herald", "text")
    parties: tuple[str, ...] = ("northland", "southland")
    process: str = "talks"


SLUGS: Final = Slugs()
PRIMARY: Final = "text"  # the source that is a primary text, so that a statement that cites it may be confirmed


def _optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _some(strategy: st.SearchStrategy[Any], least: int = 0, most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


_citation: Final = st.fixed_dictionaries(
    {"source": st.sampled_from(SLUGS.sources)}, optional={"where": lines, "quote": words}
)
cited: Final = _some(_citation, 1, 3)


@st.composite
def statement_bodies(draw: st.DrawFn) -> Body:
    """Draw a statement that the gate passes."""
    certainty = draw(st.sampled_from(Certainty))
    cite = draw(cited)
    if certainty is Certainty.CONFIRMED:
        cite = (*cite, {"source": PRIMARY})
    claimed, assessed = certainty is Certainty.CLAIMED, certainty is Certainty.ASSESSMENT
    text = draw(words)
    return {
        "text": f"{text[:1900]} {NO_STATEMENT}" if certainty is Certainty.DISPUTED else text,
        "certainty": certainty,
        "cite": cite,
        "party": draw(st.sampled_from(SLUGS.parties)) if claimed else None,
        "by": draw(lines) if assessed else draw(_optional(lines)) if claimed else None,
    }


_statements: Final = statement_bodies()
_key_dates: Final = st.fixed_dictionaries(
    {"on": written_dates, "cite": cited}, optional={"words": lines, "perhaps": near_days}
)
_turns: Final = st.fixed_dictionaries(
    {"status": st.sampled_from(Turn), "on": written_dates, "cite": cited}, optional={"words": lines}
)
DATE_NAMES: Final = ("announced", "signed", "effective", "declared_end", "extended_to", "ended")


def _record(model: Callable[[Body], Record], slug: str, fields: Body, optional: Body) -> st.SearchStrategy[Any]:
    required = {name: value for name, value in fields.items() if isinstance(value, st.SearchStrategy)}
    fixed = {name: value for name, value in fields.items() if name not in required} | {"slug": slug}
    return st.fixed_dictionaries(required, optional=optional).map(lambda drawn: model(fixed | drawn))


_DATED: Final = {"process": SLUGS.process, "as_of": near_days}


def sources(slug: str = "herald", kind: SourceType | None = None) -> st.SearchStrategy[Source]:
    """Draw a source with all the credit it can be owed."""
    types = st.just(kind) if kind else st.sampled_from(SourceType)
    fields = {"process": SLUGS.process, "title": lines, "publisher": lines, "type": types, "published": written_dates}
    pictures = _some(st.fixed_dictionaries({"caption": lines, "credit": lines}))
    names = dict.fromkeys(("author", "country", "language", "credit", "note"), lines)
    links = {"url": urls, "archive_url": urls, "pictures": pictures, "accessed": near_days}
    return _record(Source.model_validate, slug, fields, names | links)


def parties(slug: str = "northland") -> st.SearchStrategy[Party]:
    """Draw a party; its slug stands in each of its names, so that no two parties of a world share one."""
    name = lines.map(lambda line: f"{line} {slug}")
    fields = {"process": SLUGS.process, "name": name, "type": st.sampled_from(PartyType)}
    return _record(Party.model_validate, slug, fields, {"aliases": _some(name), "about": _some(_statements)})


def processes(slug: str = SLUGS.process) -> st.SearchStrategy[Process]:
    """Draw a process of both parties."""
    fields = {"title": lines, "summary": _some(_statements, 1, 3), "parties": SLUGS.parties, "as_of": near_days}
    optional = {
        "aliases": _some(lines),
        "review_by": near_days,
        "stale_after_days": st.integers(1, 60),
        "default": st.booleans(),
    }
    return _record(Process.model_validate, slug, fields, optional)


def questions(slug: str = "what-was-agreed") -> st.SearchStrategy[Question]:
    """Draw a question with its answer."""
    fields = _DATED | {"question": lines, "type": st.sampled_from(QuestionType), "short": _some(_statements, 1, 3)}
    optional = {
        "command": st.just("agreed"),
        "paraphrases": _some(lines),
        "full": _some(_statements, 0, 4),
        "review_by": near_days,
        "tags": _some(lines),
    }
    return _record(Question.model_validate, slug, fields, optional)


@st.composite
def positions(draw: st.DrawFn, provisions: tuple[str, ...]) -> tuple[Body, ...]:
    """Draw positions under keys of their own."""
    body = st.fixed_dictionaries(
        {
            "party": st.sampled_from(SLUGS.parties),
            "stance": st.sampled_from(Stance),
            "text": _statements,
            "stated": written_dates,
            "cite": cited,
        },
        optional={"statement": words, "speaker": lines, "provision": st.sampled_from(("", *provisions))},
    )
    drawn: list[Body] = draw(st.lists(body, max_size=3))
    return tuple(item | {"key": f"p-{n}", "provision": item.get("provision") or None} for n, item in enumerate(drawn))


def timed_agreements(slug: str = "pause") -> st.SearchStrategy[Agreement]:
    """Draw an agreement of dates and turns in any order, plain in all else; the gate may refuse it."""
    cite = ({"source": "herald"},)
    plain = st.fixed_dictionaries({"on": written_dates, "cite": st.just(cite)}, optional={"perhaps": near_days})
    turns = st.fixed_dictionaries({"status": st.sampled_from(Turn), "on": written_dates, "cite": st.just(cite)})
    lasting = st.fixed_dictionaries({"words": st.just("so long"), "days": st.integers(1, 36500), "cite": st.just(cite)})
    purpose = {"text": "To halt attacks.", "cite": cite}
    fields = {"process": "talks", "title": "The pause", "stage": Stage.CEASEFIRE, "purpose": purpose}
    dates = st.fixed_dictionaries({}, optional=dict.fromkeys(DATE_NAMES, plain))
    optional = {"dates": dates, "status_events": _some(turns, 0, 4), "duration": lasting}
    return _record(Agreement.model_validate, slug, fields | {"as_of": near_days}, optional)


@st.composite
def agreements(draw: st.DrawFn, slug: str = "pause") -> Agreement:
    """Draw an agreement with everything that its card can show; its ends are not before its start."""
    keys = draw(st.sampled_from(((), ("one",), ("one", "two"))))
    names = draw(st.sampled_from(((), ("announced", "effective"), ("signed", "effective"), ("declared_end", "ended"))))
    some_lines, some_statements = _some(lines), _some(_statements)
    drawn: Body = draw(
        st.fixed_dictionaries(
            {"title": lines, "stage": st.sampled_from(Stage), "purpose": _statements, "as_of": near_days},
            optional={
                "aliases": some_lines,
                "form": st.sampled_from(Form),
                "laterality": st.sampled_from(Laterality),
                "place": lines,
                "duration": st.fixed_dictionaries({"words": lines, "cite": cited}, optional={"days": st.just(30)}),
                "status_events": _some(_turns),
                "conditions": some_statements,
                "monitoring": st.fixed_dictionaries({"agreed": st.sampled_from(Known)}, optional={"text": _statements}),
                "mediators": some_lines,
                "third_parties": some_lines,
                "signatories": some_lines,
                "outstanding": some_statements,
                "background": some_statements,
                "countries": some_lines,
                "signed_as": words,
                "third_parties_as": words,
                "refers_as": words,
                "dataset": st.fixed_dictionaries(
                    {"name": lines, "status": lines}, optional={"stage": lines, "type": lines, "version": st.just(3)}
                ),
            },
        )
    )
    provisions = tuple({"key": key, "text": draw(_statements)} for key in keys)
    dates = {name: draw(_key_dates) for name in names}
    made = {"slug": slug, "process": SLUGS.process, "positions": draw(positions(keys))}
    return Agreement.model_validate(drawn | made | {"provisions": provisions, "dates": dates})


def events(slug: str = "call") -> st.SearchStrategy[Event]:
    """Draw an event."""
    fields = _DATED | {
        "title": lines,
        "type": st.sampled_from(EventType),
        "occurred": written_dates,
        "text": _some(_statements, 1, 2),
    }
    party = st.sampled_from(SLUGS.parties)
    optional = {"words": lines, "place": lines, "actors": _some(party), "denied_by": party}
    fields |= {"alleged_by": party}  # an allegation needs it, and it harms no other event
    return _record(Event.model_validate, slug, fields, optional)


def world_of(*records: Record) -> World:
    """Return the records by kind and slug."""
    found: dict[tuple[Kind, str], Record] = {(record.kind, str(record.slug)): record for record in records}
    return found


worlds: Final = st.builds(
    world_of,
    processes(),
    *(parties(slug) for slug in SLUGS.parties),
    sources("herald"),
    sources(PRIMARY, SourceType.PRIMARY),
    questions(),
    agreements(),
    events(),
)
