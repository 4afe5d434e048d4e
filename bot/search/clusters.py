"""Clusters: questions that ask for the same thing, put together however they are worded."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from bot.search.english import QUESTION_WORDS, STOPWORDS
from bot.search.vectors import Vectors
from bot.search.words import term, words

# How like a cluster's mean a question has to be. Chosen on two public sets (HINT3): of pairs put together, seven to
# nine in ten ask for the same thing. Without the model words have to agree, so fewer come together.
_ALIKE: Final = 0.68
_ALIKE_IN_WORDS: Final = 0.6


def alike(texts: Sequence[str], vectors: Vectors | None = None) -> tuple[tuple[int, ...], ...]:
    """Return the places of `texts` in clusters, the largest first, each in the order that its texts came.

    `vectors` are the texts' embeddings; without them texts are alike that share most of their words. A text joins the
    cluster whose mean it is most like, so that a few more texts leave those before them where they were.
    """
    rows, limit = (_in_words(texts), _ALIKE_IN_WORDS) if vectors is None else (vectors, _ALIKE)
    clusters: list[list[int]] = []
    sums = np.zeros((0, rows.shape[1]), np.float32)
    for place, row in enumerate(rows):
        likeness = sums @ row / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
        best = int(likeness.argmax()) if clusters else -1
        if best >= 0 and likeness[best] >= limit:
            clusters[best].append(place)
            sums[best] += row
        else:
            clusters.append([place])
            sums = np.vstack([sums, row])
    return tuple(sorted(map(tuple, clusters), key=lambda cluster: (-len(cluster), cluster)))


def _in_words(texts: Sequence[str]) -> Vectors:
    """Return vectors of length 1 with a place for each term that says something; those of no such text are 0."""
    said = [{term(word) for word in words(text)} for text in texts]
    nothing = frozenset(map(term, STOPWORDS | QUESTION_WORDS))
    places = {entry: place for place, entry in enumerate(sorted(set().union(*said) - nothing))}
    rows = np.zeros((len(texts), len(places)), np.float32)
    for row, terms in zip(rows, said, strict=True):
        row[[places[entry] for entry in terms - nothing]] = 1
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows
