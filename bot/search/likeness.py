"""Likeness: how much each document is like a question, in five measures that one sum weighs (`weighing`).

meant   of the way to ask that means the most alike (cosine), each drawn a little to its document's mean
told    of the sentence of what it tells that means the most alike
letters of the way to ask that shares the most letter groups: typos
words   of the way to ask that shares the most words, by their stems
chosen  by the classifier on the ways to ask
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.search.classifier import Classifier
from bot.search.grams import grams
from bot.search.owned import Owned
from bot.search.reading import Reading
from bot.search.sparse import Numbers, Sparse
from bot.search.vectors import Vectors

_DRAWN: Final = np.float32(0.5)  # of the document's mean, added to each way to ask


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as they were read, in the order of the documents that they are of."""

    read: Sequence[Reading]
    owned: Owned

    @property
    def texts(self) -> list[str]:
        """Return what each means."""
        return [reading.meant for reading in self.read]


class Likeness:
    """Compares questions with all documents at once."""

    def __init__(
        self, asked: Texts, told: Texts, documents: int, vectors: tuple[Vectors, Vectors] | None = None
    ) -> None:
        """Take the ways to ask and the sentences, and the embeddings of both, a row a text, where there are any."""
        self._asked: Final = asked.owned
        self._told: Final = told.owned
        read = [*asked.read, *told.read]
        entries = {entry for reading in read for entry in reading.terms}
        self._columns: Final = {entry: column for column, entry in enumerate(sorted(entries))}
        rows = np.repeat(np.arange(len(read)), [len(reading.terms) for reading in read])
        columns = self._known([entry for reading in read for entry in reading.terms])
        # Sentences are in both: what is rare in the ways to ask alone may be common.
        self._words: Final = Sparse(rows, columns, len(read))
        self._letters: Final = Sparse(*grams([reading.plain for reading in read]), len(read))
        self._vectors: Final = vectors
        if vectors is not None:
            drawn = vectors[0] + _DRAWN * asked.owned.mean(vectors[0])[asked.owned.of]
            self._drawn: Final = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
            self._classifier: Final = Classifier(vectors[0], asked.owned, documents)

    def measures(self, question: Reading, vector: Vectors | None) -> Vectors:
        """Return the measures, a row a document, in the order of the weights: five, or three without a vector."""
        alike, many = self._words.likeness(self._known(question.terms)), len(self._asked.of)
        letters = self._asked.best(self._letters.likeness(grams([question.plain])[1])[:many])
        words = self._asked.best(alike[:many])
        if vector is None or self._vectors is None:
            return np.column_stack([letters, words, self._told.best(alike[many:])])
        meant = self._asked.best(self._drawn @ vector)
        told = self._told.best(self._vectors[1] @ vector)
        return np.column_stack([meant, told, letters, words, self._classifier.shares(vector)])

    def nearest(self, document: int, question: Reading, vector: Vectors | None) -> tuple[int, bool]:
        """Return the place of the document's text that is most like the question, and whether it is a sentence."""
        asked, told = self._asked.texts(document), self._told.texts(document)
        if vector is not None and self._vectors is not None:
            near = [self._vectors[0][asked] @ vector, self._vectors[1][told] @ vector]
        else:
            alike = self._words.likeness(self._known(question.terms))
            near = [alike[: len(self._asked.of)][asked], alike[len(self._asked.of) :][told]]
        if not len(near[1]) or (len(near[0]) and near[0].max() >= near[1].max()):
            return asked.start + int(near[0].argmax()), False
        return told.start + int(near[1].argmax()), True

    def _known(self, terms: Sequence[str]) -> Numbers:
        """Return the columns of the terms; all that nothing knows share the last, which no text has."""
        return np.array([self._columns.get(entry, len(self._columns)) for entry in terms], np.int64)
