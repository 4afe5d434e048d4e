"""The finder: words -> the records of a long list whose names and descriptions have them, misspelt ones too.

It ranks a list that somebody narrows down; it does not say whether a question is answered. What decides that is the
index.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.search.english import GENERAL_WORDS, QUESTION_WORDS, STOPWORDS
from bot.search.words import term, words

MOST_WORDS: Final = 60
_WEAK: Final = STOPWORDS | GENERAL_WORDS | QUESTION_WORDS
# Chosen on 200 titles and descriptions of PA-X, shortened and misspelt by a program; others than those that the tests
# and the bench ask for.
_MENDED: Final = 0.8  # what a word counts that was read as another
_MENDINGS: Final = 3  # words that a misspelt one may mean, of so many that are near
_LOOKED_AT: Final = 12
# A word in so few records may itself be a slip, of one that is in so many.
_RARE: Final = 3
_COMMON: Final = 60
_SHORTEST: Final = 4  # letters; shorter words are a slip away from too many others
_LONG: Final = 7  # from here on two slips are forgiven
_ALIKE: Final = 0.35  # what a title that reads alike adds, next to the words that it shares
_RERANKED: Final = 60
_TOGETHER: Final = 0.3  # what a record gains where the first one of the list is of its group
_READ: Final = 1024  # texts
_ASKED: Final = 4096  # words
_READ_OF_TEXT: Final = 200  # characters
_ENOUGH: Final = 0.7  # of the best record's share of the words: what has less is about something else


@dataclass(frozen=True, slots=True)
class Findable:
    """A record to be found: its name, and further texts each with what a word in it counts, the name's counting 1.

    `names` are texts of names, in which words are looked for as they are spelt. Records of one `group` that lead the
    list take others of it along.
    """

    key: str
    name: str
    texts: tuple[tuple[str, float], ...] = ()
    names: tuple[tuple[str, float], ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A record that has the words: `score` ranks it.

    `share` says how much of what was asked for it has, `named` how much of that its name has, each from 0 to 1.
    """

    key: str
    score: float
    share: float
    named: float


@dataclass(frozen=True, slots=True)
class Found:
    """The records that have the words, best first, the words that none has, and how many words counted."""

    ranked: tuple[Ranked, ...]
    unknown: tuple[str, ...]
    counted: int


class _Plain(NamedTuple):
    """A record's name and first text in plain words."""

    name: str
    text: str


class Finder:
    """Finds among records. Nothing in it changes once it is made, so that threads may share it."""

    def __init__(self, records: Iterable[Findable]) -> None:
        """Read all the texts: about a third of a second for two thousand agreements."""
        self._records: Final[Sequence[Findable]] = tuple(records)
        by_spelling: defaultdict[str, dict[int, float]] = defaultdict(dict)
        spelt: set[str] = set()
        read = lru_cache(maxsize=_READ)(lambda text: frozenset(words(text)))  # a country's name is read once
        for number, record in enumerate(self._records):
            for text, weight in ((record.name, 1.0), *record.texts, *record.names):
                for word in read(text):
                    had = by_spelling[word]
                    if had.get(number, 0.0) < weight:
                        had[number] = weight
            spelt.update(*(read(text) for text, _ in ((record.name, 1.0), *record.texts)))
        self._postings: Final[defaultdict[str, dict[int, float]]] = defaultdict(dict)
        for word, found in by_spelling.items():
            # A name is not inflected, and there are so many of them that stemming them would take seconds.
            into = self._postings[term(word) if word in spelt else word]
            for number, weight in found.items():
                into[number] = max(weight, into.get(number, 0.0))
        self._readings: Final = lru_cache(maxsize=_ASKED)(self._read)
        self._spelt: Final = defaultdict[int, list[str]](list)  # by length: no slip makes a word much longer
        for word in sorted(by_spelling):
            if len(word) >= _SHORTEST and word.isalpha():
                self._spelt[len(word)].append(word)
        # What a rare word may be a slip of.
        inflected = (word for found in self._spelt.values() for word in found if word in spelt)
        self._common: Final = [word for word in inflected if self._count(term(word)) > _COMMON]
        self._plain: Final = [_plain(record) for record in self._records]

    def find(self, text: str) -> Found:
        """Return the records that have the words of `text`, best first; those with clearly fewer are left out."""
        typed = words(text)[:MOST_WORDS]
        asked = [word for word in typed if word not in _WEAK] or typed
        scores: defaultdict[int, float] = defaultdict(float)
        shares: defaultdict[int, float] = defaultdict(float)
        named: defaultdict[int, float] = defaultdict(float)
        unknown: list[str] = []
        whole = 0.0
        for word in dict.fromkeys(asked):
            readings = self._readings(word)
            # As much as its commonest reading: a slip must not weigh more than the word that was meant.
            worth = min((self._worth(entry) for entry in readings), default=self._worth(""))
            whole += worth
            if not readings:
                unknown.append(word)
            best: dict[int, tuple[float, float]] = {}
            for entry, sure in readings.items():
                for number, weight in self._postings[entry].items():
                    best[number] = max(best.get(number, (0.0, 0.0)), (weight * sure, sure))
            for number, (score, share) in best.items():
                scores[number] += worth * score
                shares[number] += worth * share
                # A name's words count 1, less only for a slip; any other text's less than the name's worst.
                named[number] += worth * share * (score == share)
        if not scores:
            return Found((), tuple(unknown), len(asked))
        enough = _ENOUGH * max(shares.values())
        kept = sorted((number for number in scores if shares[number] >= enough), key=lambda at: (-scores[at], at))
        ranked = self._reranked(kept, scores, " ".join(typed), whole)
        hits = (Ranked(self._records[at].key, score, shares[at] / whole, named[at] / whole) for score, at in ranked)
        return Found(tuple(hits), tuple(unknown), len(asked))

    def knows(self, word: str) -> bool:
        """Return whether a record has the word, or one that it may be a slip of."""
        return any(self._readings(part) for part in words(word) if part not in _WEAK)

    def _reranked(
        self, kept: Sequence[int], scores: dict[int, float], asked: str, whole: float
    ) -> list[tuple[float, int]]:
        """Return the records by score, the first of them also by how much their names read like what was asked.

        Records of the first one's group come before others that have the words as much.
        """
        ranked = [(scores[at] / whole, at) for at in kept]
        first = [(score + _ALIKE * _alike(asked, self._plain[at]), at) for score, at in ranked[:_RERANKED]]
        together = self._records[max(first)[1]].group
        gained = [
            (score + _TOGETHER * (bool(together) and self._records[at].group == together), at)
            for score, at in (*first, *ranked[_RERANKED:])
        ]
        return sorted(gained, key=lambda item: (-item[0], item[1]))

    def _worth(self, entry: str) -> float:
        return log(1 + len(self._records) / (1 + len(self._postings.get(entry, ()))))

    def _read(self, word: str) -> dict[str, float]:
        """Return the terms that the word may stand for, each with how sure that is."""
        exact = {entry: 1.0 for entry in (term(word), word) if entry in self._postings}
        if len(word) < _SHORTEST or not word.isalpha() or any(self._count(entry) > _RARE for entry in exact):
            return exact
        slips = 1 if len(word) < _LONG else 2
        lengths = range(len(word) - slips, len(word) + slips + 1)
        among = self._common if exact else [known for size in lengths for known in self._spelt.get(size, ())]
        near = extract(word, among, scorer=OSA.distance, score_cutoff=slips, limit=_LOOKED_AT)
        meant = [(slip, -self._count(entry), entry) for known, slip, _ in near for entry in (term(known), known)]
        meant = [item for item in meant if -item[1] > (_COMMON if exact else 0)]
        return {**{entry: _MENDED**slip for slip, _, entry in sorted(meant)[:_MENDINGS]}, **exact}

    def _count(self, entry: str) -> int:
        return len(self._postings.get(entry, ()))


def _plain(record: Findable) -> _Plain:
    return _Plain(
        " ".join(words(record.name)), " ".join(words(record.texts[0][0][:_READ_OF_TEXT])) if record.texts else ""
    )


def _alike(asked: str, plain: _Plain) -> float:
    """Return how much what was asked reads like the name, or like the beginning of the name or of the text: 0 to 1."""
    begun = max(fuzz.ratio(asked, plain.name[: len(asked)]), fuzz.ratio(asked, plain.text[: len(asked)]))
    return max(begun, fuzz.token_sort_ratio(asked, plain.name), fuzz.ratio(asked, plain.name)) / 100
