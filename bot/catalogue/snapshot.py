"""A snapshot: every published record and the search index over them, immutable, as of one publication."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar, cast

from rapidfuzz import fuzz
from rapidfuzz.process import extractOne
from rapidfuzz.utils import default_process

from bot.catalogue.findable import corpus
from bot.catalogue.shelf import Shelf
from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.event import Event
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Filed, Record
from bot.domain.revision import Change, Revision
from bot.domain.source import Source
from bot.search.finding import Finding, Hit, Outcome
from bot.search.index import SUGGESTIONS, Embed, Index
from bot.search.vectors import Vectors

R = TypeVar("R", bound=Record)
F = TypeVar("F", bound=Filed)
Table = Mapping[str, Revision[R]]
# Of what is listed, what has nearly all of the words is offered to who asks a question, where there are so many words
# and its name has so much of them.
_NEARLY_ALL = 0.75
_ALONE = (2, 0.45)
_BESIDE_OURS = (3, 0.75)
_OFFERED = 0.3  # the most that such a hit scores: below what an answer does
_ALIKE = 82  # of 100: a name misspelt by a letter or two still finds its record, another name does not


@dataclass(frozen=True)
class Snapshot:
    """What is published, by slug, in the order the records came; retracted records are not in it."""

    number: int
    processes: Table[Process]
    parties: Table[Party]
    sources: Table[Source]
    questions: Table[Question]
    agreements: Table[Agreement]
    events: Table[Event]
    index: Index
    by_command: Table[Question]
    _by_id: Mapping[int, Revision[Record]]

    @property
    def empty(self) -> bool:
        """Return whether nothing is published."""
        return not self.processes

    @property
    def published(self) -> tuple[Revision[Record], ...]:
        """Return every published revision, in the order the records came."""
        return tuple(self._by_id.values())

    @cached_property
    def shelf(self) -> Shelf:
        """Return the agreements as they are browsed; put in order when they first are."""
        titles = {slug: revision.record.title for slug, revision in self.processes.items()}
        return Shelf(tuple(self.agreements.values()), titles, self.parties.values())

    def find(self, text: str, process: str | None = None, vector: Vectors | None = None) -> Finding:
        """Return what a question finds: what answers it, else what is close to it, agreements of datasets among that.

        Those are only offered, where their names have much of what is asked for; nearly all, beside what is ours.
        `vector` is the embedding of what the index says is `meant`.
        """
        found = self.index.find(text, process, vector)
        if (
            found.outcome is Outcome.ANSWER
            or found.chatter
            or not any(rev.record.dataset for rev in self.agreements.values())
        ):
            return found
        words, named = _BESIDE_OURS if found.hits else _ALONE
        listed = self.shelf.finder.find(text)
        hits = tuple(
            Hit(Kind.AGREEMENT, hit.key, round(hit.share * _OFFERED, 4), self.agreements[hit.key].record.title)
            for hit in listed.ranked[:SUGGESTIONS]
            if listed.counted >= words and hit.share >= _NEARLY_ALL and hit.named >= named
        )
        return Finding(Outcome.SUGGESTIONS, (*hits, *found.hits)[:SUGGESTIONS]) if hits else found

    def warm_up(self) -> None:
        """Do now what the first reader who browses would otherwise wait for. Takes long enough to need a thread."""
        _ = self.shelf.finder
        for party in self.parties.values():
            self.shelf.naming(party.record)

    def default_process(self) -> Revision[Process] | None:
        """Return the process that a chat starts with: the one marked as default, else the first."""
        marked = (revision for revision in self.processes.values() if revision.record.default)
        return next(marked, next(iter(self.processes.values()), None))

    def process_of(self, record: Filed | Process) -> Process | None:
        """Return the process that the record is filed under; a process is its own."""
        if isinstance(record, Process):
            return record
        found = self.processes.get(record.process)
        return found.record if found else None

    def by_id(self, record: int) -> Revision[Record] | None:
        """Return the published revision of the record with that number."""
        return self._by_id.get(record)

    def by_key(self, kind: Kind, slug: str) -> Revision[Record] | None:
        """Return the published revision of the record of that kind and slug."""
        tables: Mapping[Kind, Table[Record]] = {
            Kind.PROCESS: self.processes,
            Kind.PARTY: self.parties,
            Kind.SOURCE: self.sources,
            Kind.QUESTION: self.questions,
            Kind.AGREEMENT: self.agreements,
            Kind.EVENT: self.events,
        }
        return tables[kind].get(slug)

    def named(self, table: Table[R], words: str) -> Revision[R] | None:
        """Return the record of `table` that `words` name: by slug, name or alias, part of one, or one misspelt.

        Words that are part of the names of several records name none of them.
        """
        wanted = default_process(words.replace("-", " "))
        if not wanted:
            return None
        exact = table.get(words.strip().lower())
        if exact:
            return exact
        names = {(slug, name): default_process(name.replace("-", " ")) for slug, name in _all_names(table)}
        for (slug, _), name in names.items():
            if name == wanted:
                return table[slug]
        words_of = set(wanted.split())
        partly = {slug for (slug, _), name in names.items() if words_of <= set(name.split())}
        if len(partly) == 1:
            return table[partly.pop()]
        match = extractOne(wanted, names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return table[match[2][0]] if match else None


def in_process(table: Table[F], process: str | None) -> tuple[Revision[F], ...]:
    """Return the records of `table` that are filed under `process`; all of them where it is None."""
    return tuple(revision for revision in table.values() if process is None or revision.record.process == process)


def snapshot_of(
    number: int, revisions: Iterable[Revision[Record]], *, searchable: bool = True, embed: Embed | None = None
) -> Snapshot:
    """Return the snapshot of these revisions, the newest of each record; retracted ones are left out.

    One that is not `searchable` finds nothing, and is made much faster. Without `embed` it is searched by words alone.
    """
    published = [revision for revision in revisions if revision.change is not Change.RETRACTION]

    places = _places(published)

    def table(model: type[R]) -> Table[R]:
        chosen = [revision for revision in published if isinstance(revision.record, model)]
        chosen.sort(key=lambda revision: places.get((model.kind, str(revision.record.slug)), len(places)))
        return MappingProxyType({str(rev.record.slug): cast("Revision[R]", rev) for rev in chosen})

    questions = table(Question)
    return Snapshot(
        number,
        table(Process),
        table(Party),
        table(Source),
        questions,
        table(Agreement),
        table(Event),
        Index(corpus(revision.record for revision in published if searchable), embed),
        MappingProxyType({rev.record.command: rev for rev in questions.values() if rev.record.command}),
        MappingProxyType({rev.ref.record: rev for rev in published}),
    )


def _places(published: Iterable[Revision[Record]]) -> dict[tuple[Kind, str], int]:
    """Return where the processes' own lists place questions and agreements."""
    processes = (revision.record for revision in published if isinstance(revision.record, Process))
    named = [link for process in processes for link in (*process.questions, *process.agreements)]
    return {(link.kind, str(link)): place for place, link in enumerate(named)}


def _all_names(table: Table[R]) -> Iterator[tuple[str, str]]:
    for slug, revision in table.items():
        yield slug, slug
        for name in _names(revision.record):
            yield slug, name


def _names(record: Record) -> tuple[str, ...]:
    match record:
        case Party():
            return (record.name, *record.aliases)
        case Agreement() | Process():
            return (record.title, *record.aliases)
        case Question():
            return (record.question, *((record.command,) if record.command else ()))
    return ()
