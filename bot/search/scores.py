"""Scores: how much of a question each document's texts share, rare words counting more.

    asked  of the most alike way to ask: shared weight / sqrt(weight of the question x weight of the text)
    told   of the most alike sentence: the share of the question's weight in it, less where the shared weight is small
    score  (1 - (1 - asked) x (1 - told / 2)) x share of the question's weight that anything knows
                                             x (1 + 2 x share of it that the document knows) / 3

A word that nothing knows weighs as much as the rarest that is known, so it counts against every document.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.words import WEAK_TERMS

# These were chosen among a few round values by how often the right record came first: for content/'s probes, for its
# paraphrases each left out in turn, and for three public sets (clinc150's development queries, both of HINT3).
_WEAK: Final = 0.4  # of its weight, a weak term keeps so much
_TOLD: Final = 0.5  # a sentence alone can make so high a score
_ENOUGH: Final = 1.0  # shared weight at which a sentence is worth half: two common words are no evidence yet


@dataclass(frozen=True, slots=True)
class Match:
    """How a document matches: its score, the terms that it shares with the question, and its text most like it."""

    score: float
    shared: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the document with that number; `told` where it is a sentence of what the document tells.

    `shown` is what to show of it, "" where it is nothing to read.
    """

    document: int
    terms: frozenset[str]
    told: bool
    shown: str = ""


class Scores:
    """The texts of all documents, by the terms in them."""

    def __init__(self, texts: Sequence[Text], documents: int) -> None:
        """Weigh the terms by how few of the documents have them."""
        self._texts: Final = texts
        having: defaultdict[str, set[int]] = defaultdict(set)
        found_in: defaultdict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for entry in text.terms:
                having[entry].add(text.document)
                found_in[entry].append(number)
        rarities = {many: _rarity(many, documents) for many in set(map(len, having.values()))}
        self._weights: Final = {
            entry: rarities[len(some)] * (_WEAK if entry in WEAK_TERMS else 1) for entry, some in having.items()
        }
        self._found_in: Final = dict(found_in)
        self._totals: Final = [math.fsum(map(self._weights.__getitem__, text.terms)) for text in texts]

    def knows(self, entry: str) -> bool:
        """Return whether any text has the term; a weak one counts as known."""
        return entry in self._weights or entry in WEAK_TERMS

    def matches(self, question: frozenset[str]) -> dict[int, Match]:
        """Return, by document, how each that shares a term matches."""
        total = self.weight(question)
        known = self.weight(entry for entry in question if self.knows(entry))
        shared: defaultdict[int, set[str]] = defaultdict(set)
        asked: defaultdict[int, float] = defaultdict(float)
        told: defaultdict[int, float] = defaultdict(float)
        nearest: dict[int, tuple[float, str]] = {}
        for number, weight in self._shared_weights(question).items():
            text = self._texts[number]
            shared[text.document] |= text.terms & question
            if text.told:
                likeness = weight / total * weight / (weight + _ENOUGH)
                told[text.document] = max(told[text.document], likeness)
            else:
                likeness = weight / math.sqrt(total * self._totals[number])
                asked[text.document] = max(asked[text.document], likeness)
            if likeness > nearest.get(text.document, (0.0, ""))[0]:
                nearest[text.document] = (likeness, text.shown)
        return {
            document: Match(
                _score(asked[document], told[document], known / total, self.weight(terms) / total),
                frozenset(terms),
                nearest[document][1],
            )
            for document, terms in shared.items()
        }

    def _shared_weights(self, question: frozenset[str]) -> dict[int, float]:
        weights: defaultdict[int, float] = defaultdict(float)
        # Sorted, so that sums come out the same to the last bit on every run and ties stay ties.
        for entry in sorted(question):
            for number in self._found_in.get(entry, ()):
                weights[number] += self._weight(entry)
        return weights

    def weight(self, terms: Iterable[str]) -> float:
        """Return what the terms weigh together; one that nothing knows weighs as much as the rarest."""
        return math.fsum(map(self._weight, terms))

    def _weight(self, entry: str) -> float:
        weight = self._weights.get(entry)
        if weight is None:
            return _WEAK if entry in WEAK_TERMS else 1.0
        return weight


def _score(asked: float, told: float, known: float, covered: float) -> float:
    return (1 - (1 - asked) * (1 - _TOLD * told)) * known * (1 + 2 * covered) / 3


def _rarity(having: int, documents: int) -> float:
    """Return a term's weight: 1 for what one document has, less the more have it (a damped inverse frequency)."""
    return math.sqrt(math.log(1 + documents / having) / math.log(1 + documents))
