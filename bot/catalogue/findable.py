"""What can be found: published records as the search sees them, each with the ways to ask for it and what it tells."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from bot.domain.agreement import Agreement
from bot.domain.base import PartyLink
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Record
from bot.domain.statement import Statement, without_marks
from bot.search.corpus import Corpus, Document, sentences
from bot.search.finder import Findable

# How people ask for the brief of a process, whatever it is about.
_FOR_THE_BRIEF: Final = (
    "brief",
    "summary",
    "overview",
    "in short",
    "latest news",
    "what is new",
    "what is the latest",
    "what is going on",
    "what is it about",
    "give me a summary",
    "give me the brief",
    "where do the talks stand",
    "state of the talks",
)
_FOR_A_PARTY: Final = ("who is", "tell me about")
# An agreement's card always tells these, whatever the record holds; they are the words people ask for them with.
_ON_EVERY_CARD: Final = (
    "status in force in effect valid holding still",
    "start date when does it begin take effect since",
    "end date when does it end expire run out until how long last duration",
    "conditions terms",
    "who watches monitors monitoring",
    "positions who accepts supports signed who rejects refuses is against",
)
# Likewise, once for each side of its process: where nothing is recorded of one, the card says so.
_OF_EVERY_SIDE: Final = "position accepts agrees supports signed rejects refuses is against"


def corpus(records: Iterable[Record]) -> Corpus:
    """Return what is searched: questions, agreements, processes and parties, and all names of the parties.

    What was taken from a dataset is not among it: it is browsed. Two thousand titles would make every word one that
    our records know, and a question that nothing answers could no longer be told from one that something does.
    """
    records = tuple(record for record in records if not _is_browsed(record))
    parties = {str(record.slug): record for record in records if isinstance(record, Party)}
    names = tuple((party.name, *party.aliases) for party in parties.values())
    sides = {str(record.slug): record.parties for record in records if isinstance(record, Process)}
    named = {slug: party.name for slug, party in parties.items()}
    return Corpus(tuple(document for record in records for document in _document(record, named, sides)), names)


def findables(agreements: Iterable[Agreement], processes: Mapping[str, str]) -> Iterator[Findable]:
    """Yield the agreements as lists of them are searched; `processes` are the processes' titles by slug."""
    for agreement in agreements:
        made = _made(agreement)
        texts = (
            (without_marks(agreement.purpose.text), 0.6),
            *((alias, 1.0) for alias in agreement.aliases),
            (processes.get(agreement.process, ""), 0.6),
            (" ".join(agreement.countries), 0.6),
            (made.strftime("%d %B %Y").lstrip("0") if made else "", 0.6),
            (agreement.stage.value, 0.4),
            *((without_marks(statement.text), 0.6) for statement in (*agreement.background, *agreement.conditions)),
            *((without_marks(provision.text.text), 0.6) for provision in agreement.provisions),
        )
        names = (
            (agreement.signed_as or " ".join(agreement.signatories), 0.5),
            (agreement.third_parties_as or " ".join(agreement.third_parties), 0.3),
            (agreement.refers_as or "", 0.3),
        )
        yield Findable(str(agreement.slug), agreement.title, texts, names, str(agreement.process))


def _made(agreement: Agreement) -> date | None:
    key = agreement.dates.signed or agreement.dates.announced
    return key.on.first if key else None


def _is_browsed(record: Record) -> bool:
    return isinstance(record, (Agreement, Process)) and record.dataset is not None


def _document(
    record: Record, named: Mapping[str, str], sides: Mapping[str, tuple[PartyLink, ...]]
) -> Iterator[Document]:
    match record:
        case Question():
            asked = (record.question, *record.paraphrases, *record.tags)
            statements = (*record.short, *record.full)
            cues = _by_whom(statements, named)
            yield Document(
                record.kind, record.slug, record.process, asked, _told(statements), cues, frozenset(record.agreements)
            )
        case Agreement():
            statements = tuple(_statements(record))
            lines = _lines(record, [named.get(side, side) for side in sides.get(record.process, ())])
            cues = (*_by_whom(statements, named), *((line, "") for line in lines))
            asked = (record.title, *record.aliases, *record.paraphrases)
            yield Document(record.kind, record.slug, record.process, asked, _told(statements), cues)
        case Process():
            asked = (record.title, *record.aliases, *record.paraphrases, *_FOR_THE_BRIEF)
            cues = _by_whom(record.summary, named)
            yield Document(record.kind, record.slug, record.slug, asked, _told(record.summary), cues)
            if record.uncovered:
                yield Document(record.kind, record.slug, record.slug, record.uncovered, covered=False)
        case Party():
            names = (record.name, *record.aliases)
            asked = (*names, *(f"{ask} {name}" for name in names for ask in _FOR_A_PARTY))
            yield Document(record.kind, record.slug, record.process, asked, _told(record.about))


def _statements(agreement: Agreement) -> Iterator[Statement]:
    yield agreement.purpose
    yield from agreement.conditions
    yield from (provision.text for provision in agreement.provisions)
    yield from (position.text for position in agreement.positions)
    if agreement.monitoring and agreement.monitoring.text:
        yield agreement.monitoring.text
    yield from agreement.outstanding


def _lines(agreement: Agreement, sides: Iterable[str]) -> Iterator[str]:
    """Yield what the card tells in lines rather than statements, each with the title that says of what."""
    yield from (f"{agreement.title}: {words}" for words in _ON_EVERY_CARD)
    yield from (f"{agreement.title}: {side} {_OF_EVERY_SIDE}" for side in sides)
    if agreement.duration:
        yield f"{agreement.title}: how long {agreement.duration.words}"
    if agreement.place:
        yield f"{agreement.title}: where {agreement.place}"
    yield from (f"{agreement.title}: {turn.status} {turn.words or ''}" for turn in agreement.status_events)
    for people in (agreement.mediators, agreement.third_parties, agreement.signatories):
        yield from (f"{agreement.title}: {name}" for name in people)


def _by_whom(statements: Iterable[Statement], named: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the sentences of those who claim them with who says so: "The White House says The pause starts …"."""
    return tuple(
        (f"{who} says {sentence}", sentence)
        for statement in statements
        if statement.party
        for who in [statement.by or named.get(statement.party, statement.party)]
        for sentence in _sentences(statement.text)
    )


def _told(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(sentence for statement in statements for sentence in _sentences(statement.text))


def _sentences(text: str) -> Iterator[str]:
    return sentences(without_marks(text).replace("*", ""))
