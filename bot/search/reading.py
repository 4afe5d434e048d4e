"""Reading: a text as the search sees it, with names folded, slips mended and words that say nothing left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.search.corpus import Corpus
from bot.search.english import GENERAL_WORDS, QUESTION_WORDS, STOPWORDS
from bot.search.names import Names
from bot.search.spelling import Spelling
from bot.search.words import term, words

MOST_WORDS: Final = 60  # whoever sends more has pasted an article; its beginning says what it is about


@dataclass(frozen=True, slots=True)
class Reading:
    """The terms of a text: `every` one, and those that `count`."""

    every: frozenset[str]
    count: frozenset[str]


class Reader:
    """Reads the corpus's own texts as they are, and people's questions with their slips mended."""

    def __init__(self, corpus: Corpus) -> None:
        """Learn the names of the corpus and the words it knows."""
        texts = [text for document in corpus.documents for text in (*document.asked, *document.told)]
        self._names: Final = Names(corpus.names)
        known = {word for text in texts for word in words(text)} | self._names.words
        self._known: Final = frozenset(map(term, known | STOPWORDS | GENERAL_WORDS | QUESTION_WORDS))
        self._spelling: Final = Spelling(known | GENERAL_WORDS)
        self.proper: Final = _proper(sentence for document in corpus.documents for sentence in document.told)

    def read(self, text: str) -> Reading:
        """Return the reading of a text of the corpus."""
        return self._reading(words(text))

    def read_question(self, text: str) -> Reading:
        """Return the reading of what a person typed: any text, of any length."""
        typed = islice(words(text), MOST_WORDS)
        # Inflection is no slip: "rearms" is known where "rearming" is.
        return self._reading([word if term(word) in self._known else self._spelling.mended(word) for word in typed])

    def _reading(self, spelt: list[str]) -> Reading:
        return Reading(
            every=self._names.fold(map(term, spelt)),
            count=self._names.fold(term(word) for word in spelt if word not in STOPWORDS),
        )


def _proper(sentences: Iterable[str]) -> frozenset[str]:
    """Return the terms of proper names: always with a capital where a sentence has them, not only at its start."""
    within, small = set[str](), set[str]()
    for sentence in sentences:
        for spelt in sentence.split()[1:]:
            (within if spelt[:1].isupper() else small).update(words(spelt))
    return frozenset(map(term, within - small))
