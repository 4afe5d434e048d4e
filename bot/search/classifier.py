"""The classifier: which document a question is of, learnt from the embeddings of the ways to ask for each.

Multinomial logistic regression. Where many paraphrases of a few documents lie close together it draws the lines between
them, which the nearest paraphrase alone does not.
"""

from typing import Final

import numpy as np

from bot.search.owned import Owned
from bot.search.sparse import Numbers
from bot.search.vectors import Vectors

_MOST: Final = 200_000  # texts times documents: half a second of learning; beyond it there is no classifier
_ROUNDS: Final = 60
_STEP: Final = np.float32(4)
_MOMENTUM: Final = np.float32(0.9)
_LOOSE: Final = 30  # how little it is held back from trusting single paraphrases (the C of other libraries)
_FIRST: Final = np.float32(10)  # it begins with each document's mean, so many times as long


class Classifier:
    """Learns when it is made; the same texts give the same classifier."""

    def __init__(self, rows: Vectors, owned: Owned, documents: int) -> None:
        """Take the ways to ask, a row each, and whose they are."""
        self._documents: Final = documents
        # Documents without a way to ask are none that a question could be of.
        self._classes: Final[Numbers] = np.flatnonzero(owned.counts)
        self._learnt: Final = (
            _learnt(rows, np.searchsorted(self._classes, owned.of), len(self._classes))
            if len(self._classes) > 1 and len(rows) * len(self._classes) <= _MOST
            else None
        )

    def shares(self, vector: Vectors) -> Vectors:
        """Return how likely the question is of each document, if it is of any; 0 where there are too many to learn."""
        result = np.zeros(self._documents, np.float32)
        if self._learnt is not None:
            slopes, start = self._learnt
            result[self._classes] = _shares((vector @ slopes + start)[None])[0]
        return result


def _learnt(rows: Vectors, classes: Numbers, many: int) -> tuple[Vectors, Vectors]:
    """Return slopes and starts, by gradient descent with momentum from each class's mean."""
    wanted = np.zeros((len(rows), many), np.float32)
    wanted[np.arange(len(rows)), classes] = 1
    slopes = _FIRST * (rows.T @ wanted) / np.maximum(wanted.sum(0), 1)
    start = np.zeros(many, np.float32)
    moved, moved_start = np.zeros_like(slopes), np.zeros_like(start)
    for _ in range(_ROUNDS):
        wrong = (_shares(rows @ slopes + start) - wanted) / np.float32(len(rows))
        moved = _MOMENTUM * moved - _STEP * (rows.T @ wrong + slopes / np.float32(_LOOSE * len(rows)))
        moved_start = _MOMENTUM * moved_start - _STEP * wrong.sum(0)
        slopes, start = slopes + moved, start + moved_start
    return slopes, start


def _shares(values: Vectors) -> Vectors:
    powers: Vectors = np.exp(values - values.max(1, keepdims=True))
    powers /= powers.sum(1, keepdims=True)
    return powers
