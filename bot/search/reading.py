"""Reading: a text as the search sees it, with names folded, slips mended and words that say nothing left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from sys import intern
from typing import Final

from bot.search.corpus import Corpus
from bot.search.english import GENERAL_WORDS, QUESTION_WORDS, STOPWORDS
from bot.search.names import Names
from bot.search.spelling import Spelling
from bot.search.words import term, words

MOST_WORDS: Final = 60  # whoever sends more has pasted an article; its beginning says what it is about

_READ: Final = 4096  # readings that are kept


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's words, the terms of those that count in their order, and the same terms with names folded."""

    words: tuple[str, ...]
    order: tuple[str, ...]
    count: frozenset[str]


class Reader:
    """Reads the corpus's own texts as they are, and people's questions with their slips mended."""

    def __init__(self, corpus: Corpus) -> None:
        """Learn the names of the corpus and the words it knows."""
        texts = {text for document in corpus.documents for text in document.texts}
        # Each word is kept once, however many texts have it: they are read again for every question that may be theirs.
        self._spelt: Final = {text: tuple(map(intern, words(text))) for text in texts}
        # Questions lead to the same few records again and again.
        self._read: Final = lru_cache(maxsize=_READ)(lambda text: self._reading(self._spelt[text]))
        self._names: Final = Names(corpus.names)
        known = {word for spelt in self._spelt.values() for word in spelt} | self._names.words
        self._known: Final = frozenset(map(term, known | STOPWORDS | GENERAL_WORDS | QUESTION_WORDS))
        self._spelling: Final = Spelling(known | GENERAL_WORDS)
        self.proper: Final = _proper(sentence for document in corpus.documents for sentence in document.told)

    def read(self, text: str) -> Reading:
        """Return the reading of a text of the corpus."""
        return self._read(text)

    def read_question(self, text: str) -> Reading:
        """Return the reading of what a person typed: any text, of any length."""
        typed = islice(words(text), MOST_WORDS)
        # Inflection is no slip: "rearms" is known where "rearming" is.
        return self._reading(
            tuple(word if term(word) in self._known else self._spelling.mended(word) for word in typed)
        )

    def every(self, reading: Reading) -> frozenset[str]:
        """Return the terms of every word, also of those that do not count, with names folded."""
        return self._names.fold(map(term, reading.words))

    def _reading(self, spelt: tuple[str, ...]) -> Reading:
        order = self._names.order(term(word) for word in spelt if word not in STOPWORDS)
        return Reading(spelt, order, self._names.fold(order))


def _proper(sentences: Iterable[str]) -> frozenset[str]:
    """Return the terms of proper names: always with a capital where a sentence has them, not only at its start."""
    within = {spelt for sentence in sentences for spelt in sentence.split()[1:]}
    large = {word for spelt in within if spelt[0].isupper() for word in words(spelt)}
    small = {word for spelt in within if not spelt[0].isupper() for word in words(spelt)}
    return frozenset(map(term, large - small))
