"""The index: a question in words -> the records that answer it, or the closest, or none."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.search.chatter import is_chatter
from bot.search.corpus import Corpus, Document
from bot.search.doubts import QUESTION_TERMS, Doubting
from bot.search.finding import Finding, Hit, Outcome
from bot.search.judging import ANSWER, ELSEWHERE, RANKS, SUGGESTION, preference
from bot.search.likeness import Likeness, Texts
from bot.search.names import is_name
from bot.search.owned import Owned
from bot.search.rarity import Rarity
from bot.search.reading import Reader, Reading
from bot.search.vectors import Vectors
from bot.search.weighing import probability

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


class Index:
    """Finds documents of a corpus. What it finds changes no more once it is made, so that threads may share it."""

    def __init__(self, corpus: Corpus, embed: Embed | None = None) -> None:
        """Read the whole corpus; `embed` is asked once, for the embeddings of all texts that it is found by."""
        self._documents: Final = corpus.documents
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
        self._same: Final = self._by_words(both[0])
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
        return "" if is_chatter(text) else self._reader.read_question(text).meant

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

    def measures(self, text: str, vector: Vectors) -> Vectors:
        """Return the measures of likeness of each document, a row each: what the weights were fitted on."""
        return self._likeness.measures(self._reader.read_question(text), vector)

    def _found(self, text: str, process: str | None, vector: Vectors | None) -> Finding:
        if is_chatter(text):
            return Finding(Outcome.NONE, chatter=True)
        reading = self._reader.read_question(text)
        if not reading.words or not self._documents:
            return Finding(Outcome.NONE)
        sums = self._sums(reading, process, vector)
        same = self._same.get(self._reader.every(reading), {})
        best = [int(number) for number in np.argsort(-sums, kind="stable")[:_JUDGED]]
        doubting = Doubting(reading, self._rarity, self._elsewhere)
        ranked: list[_Ranked] = []
        for number in dict.fromkeys([*same, *best]):
            document = self._documents[number]
            if number in same:
                likely = 1.0 if process in {None, document.process} else _SAME
                ranked.append(_Ranked(document, likely, same[number]))
                continue
            found, shown = self._nearest(number, reading, vector)
            rival = max((float(sums[other]) for other in best if not self._akin(number, other)), default=0.0)
            doubts = doubting.of(self._reader.read(found), self._terms[number], tells=bool(document.told))
            likely = probability(float(sums[number]), rival, doubts, by_words=vector is None)
            ranked.append(_Ranked(document, min(likely, _ALIKE), shown, heard=doubts.unheard < 1))
        return _outcome(sorted(ranked, key=_place))

    def _sums(self, reading: Reading, process: str | None, vector: Vectors | None) -> Vectors:
        sums = self._likeness.sums(reading, vector)
        names = reading.count - QUESTION_TERMS
        sums += preference(reading.words, names_only=bool(names) and all(map(is_name, names)))[self._kinds]
        if process is not None:
            sums[self._processes != process] -= ELSEWHERE
        return sums

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

    def _by_words(self, asked: Texts) -> dict[frozenset[str], dict[int, str]]:
        """Return, by the terms of all of its words, whom each way to ask asks for."""
        same: defaultdict[frozenset[str], dict[int, str]] = defaultdict(dict)
        for number, reading, (text, _) in zip(asked.owned.of, asked.read, self._texts[0], strict=True):
            same[self._reader.every(reading)].setdefault(int(number), text)
        same.pop(frozenset(), None)  # a text of marks alone is no way to ask
        return dict(same)


def _place(one: _Ranked) -> tuple[float, int, str, str]:
    """Return what to sort by: how likely it is; ties always the same way."""
    return (-round(one.likely, 4), RANKS[one.document.kind], one.document.process, one.document.slug)


def _outcome(ranked: Sequence[_Ranked]) -> Finding:
    hits = tuple(
        Hit(one.document.kind, one.document.slug, round(one.likely, 4), one.text)
        for one in ranked
        if one.document.covered
    )
    near = {(one.document.kind, one.document.slug) for one in ranked if one.heard or one.likely >= ANSWER}
    offered = tuple(hit for hit in hits if hit.score >= SUGGESTION and (hit.kind, hit.slug) in near)
    likely = hits[0].score if hits and ranked[0].document.covered else 0.0
    if likely >= ANSWER:
        return Finding(Outcome.ANSWER, hits[:1] + tuple(offered[1 : 1 + SUGGESTIONS]), hits, likely)
    return Finding(Outcome.SUGGESTIONS if offered else Outcome.NONE, offered[:SUGGESTIONS], hits, likely)
