"""Owned: texts in the order of the documents that they are of, and the best value among each document's."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from bot.search.sparse import Numbers
from bot.search.vectors import Vectors


class Owned:
    """Which document each of a row of texts is of; `of` must not fall."""

    def __init__(self, of: Sequence[int], documents: int) -> None:
        """Take the number of each text's document, and how many documents there are."""
        self.of: Final[Numbers] = np.array(of, np.int64)
        self._documents: Final = documents
        self._owners, self._starts = np.unique(self.of, return_index=True)

    @property
    def counts(self) -> Numbers:
        """Return how many texts each document has."""
        return np.bincount(self.of, minlength=self._documents)

    def best(self, values: Vectors) -> Vectors:
        """Return the highest of the values of each document's texts, 0 for a document without any."""
        result = np.zeros(self._documents, np.float32)
        if len(self.of):
            result[self._owners] = np.maximum.reduceat(values, self._starts)
        return result

    def mean(self, rows: Vectors) -> Vectors:
        """Return the mean row of each document's texts made length 1, 0 for a document without any."""
        result = np.zeros((self._documents, rows.shape[1]), np.float32)
        if len(self.of):
            result[self._owners] = np.add.reduceat(rows, self._starts)
        result /= np.maximum(np.linalg.norm(result, axis=1, keepdims=True), np.float32(1e-9))
        return result

    def texts(self, document: int) -> slice:
        """Return where the document's texts stand."""
        return slice(int(np.searchsorted(self.of, document)), int(np.searchsorted(self.of, document, "right")))
