"""Weighing: what each measure of likeness counts for, and how likely the record that comes first is right.

The weights are those that `python -m bench.fitting` finds, to two digits, on public question sets (clinc150, both bots
of HINT3 with six and with all ways to ask, the JHU COVID-19 FAQ) and the probes of the content that ships: first those
of the measures, so that the right record comes first; then those of the evidence, so that of all first records said to
be so likely so many are right, where half of what is asked has an answer. What they are worth on sets that had no part
in them stands in `bench/fitting/README.md`.
"""

import math
from dataclasses import dataclass
from typing import Final

from bot.search.doubts import Doubts

_MOST_LEAD: Final = 4.0  # a greater one says no more


@dataclass(frozen=True, slots=True)
class Weighing:
    """What counts for how much: each measure of `likeness` in the sum, and each piece of `evidence` in the odds."""

    measures: tuple[float, ...]
    evidence: tuple[float, ...]


def evidence(best: float, second: float, length: int, doubts: Doubts) -> tuple[float, ...]:
    """Return what speaks for and against the record whose sum is `best`; `second` is its rival's.

    The sum, its lead on the rival's, how long the question is (of so many words, by their logarithm), the doubts, and a
    1 for the start.
    """
    return (
        best,
        min(best - second, _MOST_LEAD),
        math.log(1 + length),
        doubts.unheard,
        doubts.not_given,
        doubts.elsewhere,
        doubts.turned,
        doubts.swapped,
        doubts.not_done,
        1.0,
    )


def probability(found: tuple[float, ...], weighing: Weighing) -> float:
    """Return how likely the record of which that was found answers the question, 0 to 1."""
    odds = math.fsum(value * weight for value, weight in zip(found, weighing.evidence, strict=True))
    return 1 / (1 + math.exp(-odds))


# As by now: sum, lead, length, unheard, not given, elsewhere, turned, swapped, not done, start.
BY_MEANING: Final = Weighing(
    (6.65, 1.23, 1.82, 4.6, 3.64), (0.39, 0.59, 0.51, -0.66, -2.74, -1.93, -2.93, -3.62, -0.75, -5.16)
)
BY_WORDS: Final = Weighing((6.88, 7.88, 1.98), (0.21, 0.65, 0.97, -2.35, -2.13, -1.53, -1.14, -4.85, -1.43, -3.59))
