"""What can be found: published records as the search sees them, each with the ways to ask for it and what it tells."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.domain.agreement import Agreement
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Record
from bot.domain.statement import Statement
from bot.search.corpus import Corpus, Document

_MARK = re.compile(r"\[\^[^\]\s]*\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|\n+")
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


def corpus(records: Iterable[Record]) -> Corpus:
    """Return what is searched: questions, agreements, processes and parties, and all names of the parties."""
    records = tuple(records)
    parties = [record for record in records if isinstance(record, Party)]
    names = tuple((party.name, *party.aliases) for party in parties)
    return Corpus(tuple(document for record in records for document in _document(record)), names)


def _document(record: Record) -> Iterator[Document]:
    match record:
        case Question():
            asked = (record.question, *record.paraphrases, *record.tags)
            yield Document(record.kind, record.slug, record.process, asked, _told((*record.short, *record.full)))
        case Agreement():
            told = (*_told(_statements(record)), *_lines(record))
            yield Document(record.kind, record.slug, record.process, (record.title, *record.aliases), told)
        case Process():
            asked = (record.title, *record.aliases, *_FOR_THE_BRIEF)
            yield Document(record.kind, record.slug, record.slug, asked, _told(record.summary))
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


def _lines(agreement: Agreement) -> Iterator[str]:
    """Yield what the card tells in lines rather than statements, each with the title that says of what."""
    yield from (f"{agreement.title}: {words}" for words in _ON_EVERY_CARD)
    if agreement.duration:
        yield f"{agreement.title}: how long {agreement.duration.words}"
    if agreement.place:
        yield f"{agreement.title}: where {agreement.place}"
    yield from (f"{agreement.title}: {turn.status} {turn.words or ''}" for turn in agreement.status_events)
    for people in (agreement.mediators, agreement.third_parties, agreement.signatories):
        yield from (f"{agreement.title}: {name}" for name in people)


def _told(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(sentence for statement in statements for sentence in _sentences(statement.text))


def _sentences(text: str) -> Iterator[str]:
    plain = _MARK.sub("", text).replace("*", "")
    return (sentence.strip() for sentence in _SENTENCE_END.split(plain) if sentence.strip())
