"""The index: a question in words -> the records that answer it, or the closest, or none."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from bot.domain.base import Kind
from bot.search.corpus import Corpus, Document
from bot.search.english import QUESTION_WORDS
from bot.search.finding import Finding, Hit, Outcome
from bot.search.names import is_name
from bot.search.reading import Reader
from bot.search.scores import Match, Scores, Text
from bot.search.words import WEAK_TERMS, term

# A score from here on is an answer. Chosen on content/'s 95 probes and on 38 questions written before its paraphrases
# were read: of 48 that nothing answers none is answered; of 85 others 68 are rightly and 2 wrongly. A lower value
# answers no more of them rightly. On 38 more, written afterwards and asked once, 1 of 13 that nothing answers is
# answered; of 25 others 16 are rightly and none wrongly.
ANSWER: Final = 0.33
# From here on a record is worth offering. On the first 133 questions, the right one was among three offered for
# 11 of the 15 that were not answered; what scores less shares a common word or two.
SUGGESTION: Final = 0.15
# An answer is so much ahead of the next. Closer ones differ by less than weights can be trusted: offered side by side.
LEAD: Final = 0.005
SUGGESTIONS: Final = 3
# What is left of a score for sharing nothing but names and common words, and for a party's card where more was asked
# than who it is; and how high such a score can get: enough to be offered, never to be an answer.
_NAMES_ALONE: Final = 0.6
_MORE_ASKED: Final = 0.36
_NO_ANSWER: Final = ANSWER - 0.01
# What the same words but for stopwords can score: only a text's own words score 1.
_ALIKE: Final = 0.99
# What remains of the score of another process's record where the chat has chosen one.
_ELSEWHERE: Final = 0.85
# Among equals: a bare name means the party, even where it tags a question; and a question was written to be asked.
_RANKS: Final = {kind: rank for rank, kind in enumerate((Kind.PARTY, Kind.QUESTION, Kind.AGREEMENT, Kind.PROCESS))}
_QUESTION_TERMS: Final = frozenset(map(term, QUESTION_WORDS))


class Index:
    """Finds documents of a corpus. Nothing in it changes once it is made, so that threads may share it."""

    def __init__(self, corpus: Corpus) -> None:
        """Read the whole corpus: some tens of milliseconds for fifty documents."""
        self._documents: Final = corpus.documents
        self._reader: Final = Reader(corpus)
        same: defaultdict[frozenset[str], list[int]] = defaultdict(list)
        for number, document in enumerate(corpus.documents):
            for text in document.asked:
                same[self._reader.read(text).every].append(number)
        same.pop(frozenset(), None)  # a text of marks alone is no way to ask
        self._same: Final = dict(same)
        self._scores: Final = Scores(list(self._texts()), len(corpus.documents))

    def find(self, text: str, process: str | None = None) -> Finding:
        """Return what any text finds; records of `process`, where it is given, are preferred to others."""
        reading = self._reader.read_question(text)
        scores = {
            number: self._score(self._documents[number], match, reading.count)
            for number, match in self._scores.matches(reading.count).items()
        }
        scores |= dict.fromkeys(self._same.get(reading.every, ()), 1.0)
        return _finding(self._hits(scores, process))

    def _texts(self) -> Iterator[Text]:
        for number, document in enumerate(self._documents):
            for told, texts in ((False, document.asked), (True, document.told)):
                # Most names of a party read the same: one of each is enough.
                for terms in dict.fromkeys(self._reader.read(text).count for text in texts):
                    yield Text(number, terms, told)

    def _score(self, document: Document, match: Match, question: frozenset[str]) -> float:
        if document.kind is Kind.PARTY:
            # Its card says who it is and no more: "who is Putin", not "how old is Putin".
            names = question - _QUESTION_TERMS
            answers = bool(names) and names <= match.shared and all(map(is_name, names))
            rest = _MORE_ASKED
        else:
            # "How deep is the Black Sea": beside a word that nothing knows, a place is no more telling than a party.
            places = frozenset() if all(map(self._scores.knows, question)) else self._reader.proper
            answers = any(not is_name(entry) for entry in match.shared - WEAK_TERMS - places)
            rest = _NAMES_ALONE
        return min(match.score, _ALIKE) if answers else min(match.score * rest, _NO_ANSWER)

    def _hits(self, scores: dict[int, float], process: str | None) -> list[Hit]:
        found = [
            (score if process in {None, document.process} else score * _ELSEWHERE, document)
            for number, score in scores.items()
            for document in [self._documents[number]]
        ]
        found.sort(key=lambda hit: (-hit[0], _RANKS.get(hit[1].kind, len(_RANKS)), hit[1].process, hit[1].slug))
        return [Hit(document.kind, document.slug, round(score, 4)) for score, document in found if score >= SUGGESTION]


def _finding(hits: list[Hit]) -> Finding:
    if not hits:
        return Finding(Outcome.NONE)
    best = hits[0].score
    ahead = best == 1 or len(hits) == 1 or best - hits[1].score >= LEAD
    if best >= ANSWER and ahead:
        return Finding(Outcome.ANSWER, tuple(hits[: 1 + SUGGESTIONS]))
    return Finding(Outcome.SUGGESTIONS, tuple(hits[:SUGGESTIONS]))
