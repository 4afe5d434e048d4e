"""Learning: the weights that fit what was seen best.

First those of the sum, so that the right document comes first (a softmax over the documents); then those of the odds
that the first is right (logistic regression). In each set what has an answer counts as much as what has none.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bench.fitting.seen import Likened, Weighed

Floats: TypeAlias = NDArray[np.float64]

_ROUNDS: Final = 300
_STEP: Final = 0.2
_HELD_BACK: Final = 3e-3  # how much a weight of the sum costs
_HELD_BACK_ODDS: Final = 1e-3  # how much a weight of the odds costs, its evidence having a deviation of 1
_TURNS: Final = 30
# Of the odds: sum and lead speak for a document, doubts against it; the length and the start may do either.
SIGNS: Final = np.array([1, 1, 0, -1, -1, -1, -1, -1, -1, 0])


def of_measures(seen: Sequence[tuple[Likened, float]]) -> tuple[float, ...]:
    """Return the weights of the sum, none below 0, by gradient descent (Adam); sets come with what they count."""
    weights = np.ones(seen[0][0].measures.shape[2])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for turn in range(1, _ROUNDS + 1):
        slope = _HELD_BACK * weights
        for one, counts in seen:
            slope = slope + counts * _slope(one, weights)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        step = (mean / (1 - 0.9**turn)) / (np.sqrt(square / (1 - 0.999**turn)) + 1e-8)
        weights = np.maximum(weights - _STEP * step, 0)
    return tuple(round(float(weight), 2) for weight in weights)


def _slope(one: Likened, weights: Floats) -> Floats:
    """Return how much worse the right documents fare with more of each weight."""
    # Of several that are right the likeliest counts most.
    shares = _shares(one.measures @ weights + one.added)
    wanted = shares * one.right
    wanted /= np.maximum(wanted.sum(1, keepdims=True), 1e-12)
    return np.asarray(np.einsum("qd,qdf->f", shares - wanted, one.measures) / len(one.right), np.float64)


def _shares(sums: Floats) -> Floats:
    powers: Floats = np.exp(sums - sums.max(1, keepdims=True))
    powers /= powers.sum(1, keepdims=True)
    return powers


def of_evidence(seen: Sequence[tuple[Weighed, float]]) -> tuple[float, ...]:
    """Return the weights of the odds; a weight of the wrong sign is taken out, and the others found again."""
    rows = np.vstack([one.evidence for one, _ in seen]).astype(np.float64)
    right = np.concatenate([one.right for one, _ in seen])
    counts = np.concatenate([balanced(one) * counts for one, counts in seen])
    deviation = np.sqrt(np.average((rows - np.average(rows, 0, counts)) ** 2, 0, counts))
    deviation[deviation < 1e-6] = 1  # the start, and what was never seen
    kept = np.arange(rows.shape[1])
    while True:
        found = _odds(rows[:, kept] / deviation[kept], right, counts)
        wrong = found * SIGNS[kept] < 0
        if not wrong.any():
            break
        kept = kept[~wrong]
    weights = np.zeros(rows.shape[1])
    weights[kept] = found / deviation[kept]
    return tuple(round(float(weight), 2) + 0.0 for weight in weights)


def balanced(one: Weighed) -> Floats:
    """Return what each probe counts, 1 together: half of it what has an answer, half what has none."""
    answerable = one.answerable > 0
    sides = [side / side.sum() for side in (answerable, ~answerable) if side.any()]
    return np.asarray(np.sum(sides, 0) / len(sides), np.float64)


def _odds(rows: Floats, right: Floats, counts: Floats) -> Floats:
    """Return the weights by Newton's method; the last, the start, costs nothing."""
    cost = np.full(rows.shape[1], _HELD_BACK_ODDS)
    cost[-1] = 1e-9
    found: Floats = np.zeros(rows.shape[1])
    for _ in range(_TURNS):
        likely = 1 / (1 + np.exp(-rows @ found))
        bend = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + np.diag(cost)
        found = found - np.linalg.solve(bend, rows.T @ (counts * (likely - right)) + cost * found)
    return found
