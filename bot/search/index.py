"""The index: a question in words -> the records that answer it, or the closest, or none."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.search.chatter import is_chatter
from bot.search.corpus import Corpus, Document
from bot.search.doubts import QUESTION_TERMS, Doubting
from bot.search.finding import Finding, Hit, Outcome
from bot.search.judging import ANSWER, ANSWER_BY_WORDS, ELSEWHERE, OF_A_STRANGER, RANKS, SUGGESTION, preference
from bot.search.likeness import Likeness, Texts
from bot.search.names import is_name
from bot.search.owned import Owned
from bot.search.rarity import Rarity
from bot.search.reading import Reader, Reading
from bot.search.vectors import Vectors
from bot.search.weighing import BY_MEANING, BY_WORDS, Weighing, evidence, probability
from bot.search.words import words

SUGGESTIONS: Final = 3
_JUDGED: Final = 8  # so many of the highest sums: what comes after them is neither the answer nor offered
_KEPT: Final = 2048  # findings at hand: many people ask the same
_SAME: Final = 0.995  # the score of its own words where the chat follows another process; in its own they score 1
_ALIKE: Final = 0.99  # what anything else can score

# Texts -> their embeddings, a row each; None where there is no model.
Embed = Callable[[Sequence[str]], Vectors | None]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A document that a question may be for, how likely it is, and its text that is most like the question.

    One that mentions nothing at all of what is asked about is not `heard` of it.
    """

    document: Document
    likely: float
    text: str
    heard: bool = True


@dataclass(frozen=True, slots=True)
class Considered:
    """A document by its number, its text that is most like the question, and what speaks for and against it."""

    number: int
    document: Document
    text: str
    heard: bool  # it mentions something of what is asked about
    evidence: tuple[float, ...]


class Index:
    """Finds documents of a corpus. What it finds changes no more once it is made, so that threads may share it."""

    def __init__(
        self,
        corpus: Corpus,
        embed: Embed | None = None,
        *,
        by_meaning: Weighing = BY_MEANING,
        by_words: Weighing = BY_WORDS,
    ) -> None:
        """Read the whole corpus; `embed` is asked once, for the embeddings of all texts that it is found by."""
        self._documents: Final = corpus.documents
        self._by_meaning: Final = by_meaning
        self._by_words: Final = by_words
        self._reader: Final = Reader(corpus)
        asked = [[(text, text) for text in document.asked] for document in corpus.documents]
        told = [[*((text, text) for text in document.told), *document.cues] for document in corpus.documents]
        # Each text that a document is found by, and what to show of it.
        self._texts: Final = tuple([pair for pairs in texts for pair in pairs] for texts in (asked, told))
        both = [self._read(pairs) for pairs in (asked, told)]
        rows = embed([*both[0].texts, *both[1].texts]) if embed else None
        split = None if rows is None else (rows[: len(both[0].texts)], rows[len(both[0].texts) :])
        self.understands: Final = rows is not None
        self._likeness: Final = Likeness(both[0], both[1], len(corpus.documents), split)
        self._answers_chatter: Final = any(is_chatter(text) and words(text) for text in both[0].texts)
        self._same: Final = self._by_every_word(both[0])
        terms: list[set[str]] = [set() for _ in corpus.documents]
        for texts in both:
            for number, reading in zip(texts.owned.of, texts.read, strict=True):
                terms[number] |= reading.count
        self._terms: Final = list(map(frozenset, terms))
        told_of = [found for document, found in zip(corpus.documents, self._terms, strict=True) if document.covered]
        self._elsewhere: Final = frozenset().union(*self._terms) - frozenset().union(*told_of)
        self._rarity: Final = Rarity(self._terms)
        kinds = list(RANKS)
        self._kinds: Final = np.array([kinds.index(document.kind) for document in corpus.documents], np.int64)
        self._processes: Final = np.array([document.process for document in corpus.documents])
        self._kept: Final[dict[tuple[str, str | None, bool], Finding]] = {}

    def meant(self, text: str) -> str:
        """Return the text to take the embedding of, to find what `text` asks for; "" where it asks for nothing."""
        return "" if self._is_chatter(text) else self._reader.read_question(text).meant

    def find(self, text: str, process: str | None = None, vector: Vectors | None = None) -> Finding:
        """Return what any text finds; records of `process`, where it is given, are preferred to others.

        `vector` is the embedding of what is `meant`; without it words and letters decide.
        """
        key = (text, process, vector is None)
        finding = self._kept.get(key)
        if finding is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()  # rarely; what is asked often is soon back
            finding = self._kept[key] = self._found(text, process, vector)
        return finding

    def measures(self, text: str, process: str | None, vector: Vectors | None) -> tuple[Vectors, Vectors]:
        """Return the measures of likeness of each document, a row each, and what judging adds to its sum."""
        return self._measures(self._reader.read_question(text), process, vector)

    def considered(self, text: str, process: str | None, vector: Vectors | None) -> Iterator[Considered]:
        """Yield the documents that a question may be for, those with the highest sums first."""
        reading = self._reader.read_question(text)
        measures, added = self._measures(reading, process, vector)
        sums = measures @ np.array(self._weighing(vector).measures, np.float32) + added
        best = [int(number) for number in np.argsort(-sums, kind="stable")[:_JUDGED]]
        doubting = Doubting(reading, self._rarity, self._elsewhere)
        for number in best:
            document = self._documents[number]
            found, shown = self._nearest(number, reading, vector)
            rival = max((float(sums[other]) for other in best if not self._akin(number, other)), default=0.0)
            doubts = doubting.of(self._reader.read(found), self._terms[number], tells=bool(document.told))
            yield Considered(
                number,
                document,
                shown,
                doubts.unheard < 1,
                evidence(float(sums[number]), rival, len(reading.terms), doubts),
            )

    def _found(self, text: str, process: str | None, vector: Vectors | None) -> Finding:
        if self._is_chatter(text):
            return Finding(Outcome.NONE, chatter=True)
        reading = self._reader.read_question(text)
        if not reading.words or not self._documents:
            return Finding(Outcome.NONE)
        same = self._same.get(self._reader.every(reading), {})
        ranked = [self._by_its_words(number, text, process) for number, text in same.items()]
        weighing = self._weighing(vector)
        most = OF_A_STRANGER if self._reader.names_a_stranger(text) else _ALIKE
        for one in self.considered(text, process, vector):
            if one.number not in same:
                likely = min(probability(one.evidence, weighing), most)
                ranked.append(_Ranked(one.document, likely, one.text, heard=one.heard))
        enough = ANSWER if weighing is self._by_meaning else ANSWER_BY_WORDS
        return _outcome(sorted(ranked, key=_place), enough)

    def _is_chatter(self, text: str) -> bool:
        """Return whether a text asks for nothing. Where a record is there for thanks or greetings, these ask for it."""
        return is_chatter(text) and not (self._answers_chatter and words(text))

    def _by_its_words(self, number: int, text: str, process: str | None) -> _Ranked:
        document = self._documents[number]
        return _Ranked(document, 1.0 if process in {None, document.process} else _SAME, text)

    def _weighing(self, vector: Vectors | None) -> Weighing:
        return self._by_words if vector is None or not self.understands else self._by_meaning

    def _measures(self, reading: Reading, process: str | None, vector: Vectors | None) -> tuple[Vectors, Vectors]:
        names = reading.count - QUESTION_TERMS
        added = preference(reading.words, names_only=bool(names) and all(map(is_name, names)))[self._kinds]
        if process is not None:
            added[self._processes != process] -= ELSEWHERE
        return self._likeness.measures(reading, vector), added

    def _akin(self, one: int, other: int) -> bool:
        """Return whether both tell the same: an agreement and a question about it are no rivals."""
        first, second = self._documents[one], self._documents[other]
        return one == other or second.slug in first.kin or first.slug in second.kin

    def _nearest(self, number: int, reading: Reading, vector: Vectors | None) -> tuple[str, str]:
        place, is_told = self._likeness.nearest(number, reading, vector)
        return self._texts[is_told][place]

    def _read(self, texts: Sequence[Sequence[tuple[str, str]]]) -> Texts:
        owners = [number for number, some in enumerate(texts) for _ in some]
        return Texts([self._reader.read_once(text) for some in texts for text, _ in some], Owned(owners, len(texts)))

    def _by_every_word(self, asked: Texts) -> dict[frozenset[str], dict[int, str]]:
        """Return, by the terms of all of its words, whom each way to ask asks for."""
        same: defaultdict[frozenset[str], dict[int, str]] = defaultdict(dict)
        for number, reading, (text, _) in zip(asked.owned.of, asked.read, self._texts[0], strict=True):
            same[self._reader.every(reading)].setdefault(int(number), text)
        same.pop(frozenset(), None)  # a text of marks alone is no way to ask
        return dict(same)


def _place(one: _Ranked) -> tuple[float, int, str, str]:
    """Return what to sort by: how likely it is; ties always the same way."""
    return (-round(one.likely, 4), RANKS[one.document.kind], one.document.process, one.document.slug)


def _outcome(ranked: Sequence[_Ranked], enough: float) -> Finding:
    """Return the outcome; `enough` is how likely an answer has to be."""
    hits = tuple(
        Hit(one.document.kind, one.document.slug, round(one.likely, 4), one.text)
        for one in ranked
        if one.document.covered
    )
    near = {(one.document.kind, one.document.slug) for one in ranked if one.heard or one.likely >= enough}
    offered = tuple(hit for hit in hits if hit.score >= SUGGESTION and (hit.kind, hit.slug) in near)
    likely = hits[0].score if hits and ranked[0].document.covered else 0.0
    if likely >= enough:
        return Finding(Outcome.ANSWER, hits[:1] + tuple(offered[1 : 1 + SUGGESTIONS]), hits, likely)
    return Finding(Outcome.SUGGESTIONS if offered else Outcome.NONE, offered[:SUGGESTIONS], hits, likely)
