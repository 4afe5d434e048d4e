"""Reading: a text as the search sees it, with names folded, slips mended and words that say nothing left out."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from bot.search.called import Called
from bot.search.corpus import Corpus
from bot.search.english import GENERAL_WORDS, QUESTION_WORDS, STOPWORDS
from bot.search.names import Names
from bot.search.spelling import Spelling
from bot.search.strangers import names_a_stranger
from bot.search.words import term, words

MOST_WORDS: Final = 60  # whoever sends more has pasted an article; its beginning says what it is about

_READ: Final = 4096  # readings that are kept: questions lead to the same few records again and again


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's words, the terms of those that count in their order, and the same terms with names folded.

    `meant` is the text to take the meaning of, with every party by its own name, and `plain` its words alone.
    `terms` are those of all the text's words.
    """

    words: tuple[str, ...]
    order: tuple[str, ...]
    count: frozenset[str]
    meant: str
    plain: str
    terms: tuple[str, ...]


class Reader:
    """Reads the corpus's own texts as they are, and people's questions with their slips mended."""

    def __init__(self, corpus: Corpus) -> None:
        """Learn the names of the corpus and the words it knows."""
        self._names: Final = Names(corpus.names)
        self._called: Final = Called(corpus.names)
        known = {word for document in corpus.documents for text in document.texts for word in words(text)}
        known |= self._names.words
        self._known: Final = frozenset(map(term, known | STOPWORDS | GENERAL_WORDS | QUESTION_WORDS))
        answered = {word for each in corpus.documents if each.covered for text in each.texts for word in words(text)}
        general = STOPWORDS | GENERAL_WORDS | QUESTION_WORDS | self._names.words
        self._answered: Final = frozenset(map(term, answered | general))
        self._spelling: Final = Spelling(known - STOPWORDS - GENERAL_WORDS)
        self._kept: Final = lru_cache(_READ)(self.read_once)
        self._kept_questions: Final = lru_cache(_READ)(self._read_question)

    def read_once(self, text: str) -> Reading:
        """Return the reading of a text of the corpus, which is not kept."""
        spelt = tuple(words(text))
        return self._reading(text, spelt, spelt, spelt)

    def read(self, text: str) -> Reading:
        """Return the reading of a text of the corpus."""
        return self._kept(text)

    def read_question(self, text: str) -> Reading:
        """Return the reading of what a person typed: any text, of any length."""
        return self._kept_questions(text)

    def every(self, reading: Reading) -> frozenset[str]:
        """Return the terms of every word, also of those that do not count, with names folded."""
        return self._names.fold(map(term, reading.words))

    def names_a_stranger(self, text: str) -> bool:
        """Return whether a question names whom nothing here knows; where there are no parties, names are no matter."""
        return self._names.any and names_a_stranger(
            text, tuple(islice(words(text), MOST_WORDS)), self._knows, self._names.is_one
        )

    def _knows(self, word: str) -> bool:
        """Return whether what the word is made of stands in a record that answers something, also misspelt."""
        return all(term(self._spelling.mended(part)) in self._answered or part.isdecimal() for part in words(word))

    def _read_question(self, text: str) -> Reading:
        typed = tuple(islice(words(text), MOST_WORDS))
        # Inflection is no slip: "rearms" is known where "rearming" is.
        mended = tuple(word if term(word) in self._known else self._spelling.mended(word) for word in typed)
        # The model reads misspelt words well enough, but for names.
        return self._reading(text, mended, self._called.mended(typed, mended), typed)

    def _reading(self, text: str, spelt: tuple[str, ...], plain: tuple[str, ...], typed: tuple[str, ...]) -> Reading:
        """Return the reading of a text: its words as they count, as the model reads them, and as they stand there."""
        order = self._names.order(term(word) for word in spelt if word not in STOPWORDS)
        called, meant = self._called.rewritten(spelt), self._called.rewritten(plain)
        # With all its marks where no word had to be replaced: the model reads them too.
        in_words = " ".join(meant)
        shown = text if meant == typed else in_words
        return Reading(spelt, order, self._names.fold(order), shown, in_words, tuple(map(term, called)))
