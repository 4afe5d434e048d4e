"""The index: a question in words -> the records that answer it, or the closest, or none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from typing import Final

from bot.domain.base import Kind
from bot.search.corpus import Corpus, Document
from bot.search.evidence import QUESTION_TERMS, Evidence
from bot.search.finding import Finding, Hit, Outcome
from bot.search.grounds import Grounds
from bot.search.names import is_name
from bot.search.reading import Reader
from bot.search.scores import Match, Scores, Text
from bot.search.words import WEAK_TERMS

# A score from here on is an answer, where a single text of the record is evidence for it. Chosen on content/'s 151
# probes: of 63 that nothing answers none is answered; of 88 others 63 are, rightly, and none wrongly. Of 32 more, asked
# once, 11 of 20 were answered rightly and 8 offered, and 1 of 12 that nothing answers was answered.
ANSWER: Final = 0.33
# From here on a record is worth offering: of the 25 that were not answered, the right one is among three for 24. What
# scores less shares a common word or two.
SUGGESTION: Final = 0.15
# An answer is so much ahead of the next. Closer ones differ by less than weights can be trusted: offered side by side.
LEAD: Final = 0.005
SUGGESTIONS: Final = 3
# What is left of a score for sharing nothing but names and common words, and for a party's card where more was asked
# than who it is; and how high such a score can get: enough to be offered, never to be an answer.
_NAMES_ALONE: Final = 0.6
_MORE_ASKED: Final = 0.36
_NO_ANSWER: Final = ANSWER - 0.01
# How much a score without evidence may still rise above that, so that the order of what is offered stays.
_ABOVE: Final = 0.009
# What the same words but for stopwords can score: only a text's own words score 1.
_ALIKE: Final = 0.99
# What remains of the score of another process's record where the chat has chosen one.
_ELSEWHERE: Final = 0.85
# Evidence is looked for in so many records of the highest score: what comes after them is not the answer.
_LOOKED_INTO: Final = 8
# Among equals: a bare name means the party, even where it tags a question; and a question was written to be asked.
_RANKS: Final = {kind: rank for rank, kind in enumerate((Kind.PARTY, Kind.QUESTION, Kind.AGREEMENT, Kind.PROCESS))}


class Index:
    """Finds documents of a corpus. Nothing in it changes once it is made, so that threads may share it."""

    def __init__(self, corpus: Corpus) -> None:
        """Read the whole corpus: some milliseconds for fifty documents, half a second for a thousand."""
        self._documents: Final = corpus.documents
        self._reader: Final = Reader(corpus)
        same: defaultdict[frozenset[str], dict[int, str]] = defaultdict(dict)
        texts: list[Text] = []
        for number, document in enumerate(corpus.documents):
            asked, told = _Texts(number, told=False), _Texts(number, told=True)
            for text in document.asked:
                reading = self._reader.read(text)
                same[self._reader.every(reading)].setdefault(number, text)
                asked.add(reading.count, text)
            for text, shown in (*((text, text) for text in document.told), *document.cues):
                told.add(self._reader.read(text).count, shown)
            texts += [*asked.texts(), *told.texts()]
        same.pop(frozenset(), None)  # a text of marks alone is no way to ask
        self._same: Final = dict(same)
        self._scores: Final = Scores(texts, len(corpus.documents))

    def find(self, text: str, process: str | None = None) -> Finding:
        """Return what any text finds; records of `process`, where it is given, are preferred to others."""
        reading = self._reader.read_question(text)
        matches = self._scores.matches(reading.count)
        same = self._same.get(self._reader.every(reading), {})
        scores = {
            number: self._score(self._documents[number], match, reading.count) for number, match in matches.items()
        }
        likely = [number for number, score in scores.items() if score >= ANSWER and number not in same]
        found = self._found(likely, scores, matches, Evidence(reading, self._scores))
        scores |= {number: _NO_ANSWER + _ABOVE * scores[number] for number in likely if number not in found}
        matched = {number: match.text for number, match in matches.items()} | found | same
        return _finding(self._hits(scores | dict.fromkeys(same, 1.0), matched, process))

    def _found(
        self, likely: Iterable[int], scores: Mapping[int, float], matches: Mapping[int, Match], evidence: Evidence
    ) -> dict[int, str]:
        """Return, of the best of the records that are likely, what to show of the evidence in those that have any."""
        best = nlargest(_LOOKED_INTO, likely, key=lambda number: (scores[number], self._documents[number].slug))
        grounds = Grounds(evidence, self._reader)
        shown = {number: grounds.found(self._documents[number], matches[number].text) for number in best}
        return {number: text for number, text in shown.items() if text is not None}

    def _score(self, document: Document, match: Match, question: frozenset[str]) -> float:
        if document.kind is Kind.PARTY:
            # Its card says who it is and no more: "who is Putin", not "how old is Putin".
            names = question - QUESTION_TERMS
            answers = bool(names) and names <= match.shared and all(map(is_name, names))
            rest = _MORE_ASKED
        else:
            # "How deep is the Black Sea": beside a word that nothing knows, a place is no more telling than a party.
            places = frozenset() if all(map(self._scores.knows, question)) else self._reader.proper
            answers = any(not is_name(entry) for entry in match.shared - WEAK_TERMS - places)
            rest = _NAMES_ALONE
        return min(match.score, _ALIKE) if answers else min(match.score * rest, _NO_ANSWER)

    def _hits(self, scores: Mapping[int, float], matched: Mapping[int, str], process: str | None) -> list[Hit]:
        found = [
            (score if process in {None, document.process} else score * _ELSEWHERE, document, matched[number])
            for number, score in scores.items()
            for document in [self._documents[number]]
        ]
        found.sort(key=lambda hit: (-hit[0], _RANKS.get(hit[1].kind, len(_RANKS)), hit[1].process, hit[1].slug))
        return [
            Hit(document.kind, document.slug, round(score, 4), text)
            for score, document, text in found
            if score >= SUGGESTION
        ]


class _Texts:
    """The texts of one document that read differently: of those that read the same, the first."""

    def __init__(self, document: int, *, told: bool) -> None:
        self._document: Final = document
        self._told: Final = told
        self._found: Final[dict[frozenset[str], str]] = {}

    def add(self, terms: frozenset[str], shown: str) -> None:
        self._found.setdefault(terms, shown)

    def texts(self) -> Iterator[Text]:
        return (Text(self._document, terms, self._told, shown) for terms, shown in self._found.items())


def _finding(hits: list[Hit]) -> Finding:
    if not hits:
        return Finding(Outcome.NONE)
    best = hits[0].score
    ahead = best == 1 or len(hits) == 1 or best - hits[1].score >= LEAD
    if best >= ANSWER and ahead:
        return Finding(Outcome.ANSWER, tuple(hits[: 1 + SUGGESTIONS]))
    return Finding(Outcome.SUGGESTIONS, tuple(hits[:SUGGESTIONS]))
