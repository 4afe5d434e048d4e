"""A sparse matrix of texts and what they are made of: rows are texts, columns words or letter groups."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.search.vectors import Vectors

Numbers = NDArray[np.int64]


_ROWS: Final = 24  # bits for a row's number: sixteen million texts; the column's has the other 39


class Sparse:
    """How alike a question is to each of many texts by what they share, each column weighing more the fewer have it.

    The likeness is the cosine of the two TF-IDF vectors (Salton and Buckley 1988), with 1 + log of the counts.
    """

    def __init__(self, rows: Numbers, columns: Numbers, many: int) -> None:
        """Take where each column, a number below 2**39, occurs in each of so `many` rows, as often as it does."""
        self._many: Final = many
        # Sorted as one number each: several times as quick as finding the order of the columns, then of the rows.
        keys = np.sort((columns << _ROWS) | rows)
        keys, counts = _runs(keys)
        self._rows: Final = keys & ((1 << _ROWS) - 1)
        self._columns, having = _runs(keys >> _ROWS)
        self._starts: Final = np.concatenate([[0], np.cumsum(having)])
        places = np.repeat(np.arange(len(having)), having)
        self._weights: Final = _weights(having, many)
        values = (1 + np.log(counts)).astype(np.float32) * self._weights[places]
        lengths = np.sqrt(np.bincount(self._rows, values * values, many)).astype(np.float32)
        self._values: Final = values / lengths[self._rows]

    def likeness(self, columns: Numbers) -> Vectors:
        """Return how alike each text is to one made of these columns, from 0 to 1."""
        total = np.zeros(self._many, np.float32)
        found, counts = np.unique(columns, return_counts=True)
        places = np.searchsorted(self._columns, found)
        known = np.zeros(len(found), bool)
        inside = places < len(self._columns)
        known[inside] = self._columns[places[inside]] == found[inside]
        # What no text has weighs most: it makes the question longer, and less like any.
        weights = np.full(len(found), _weights(np.zeros(1, np.int64), self._many)[0])
        weights[known] = self._weights[places[known]]
        values = (1 + np.log(counts)).astype(np.float32) * weights
        values /= np.float32(max(float(np.linalg.norm(values)), 1e-9))
        for place, value in zip(places[known], values[known], strict=True):
            # A column stands at most once in a row, so that adding in place loses nothing.
            part = slice(self._starts[place], self._starts[place + 1])
            total[self._rows[part]] += self._values[part] * value
        return total


def _runs(values: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different values of what is sorted, and how often each is there."""
    starts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])) if len(values) else np.zeros(0, int)
    return values[starts], np.diff(np.append(starts, len(values)))


def _weights(having: Numbers, many: int) -> Vectors:
    """Return what columns weigh that so many of the rows have (a smoothed inverse document frequency)."""
    return (np.log((1 + many) / (1 + having)) + 1).astype(np.float32)
