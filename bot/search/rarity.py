"""Rarity: what a word of a question weighs, the more the fewer of the records have it."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from bot.search.words import WEAK_TERMS

_WEAK: Final = 0.4  # of its weight, a weak term keeps so much


class Rarity:
    """The weights of all terms. One that no record has weighs as much as the rarest: it counts against every record."""

    def __init__(self, records: Iterable[frozenset[str]]) -> None:
        """Count in how many records each term is; `records` are the terms of each."""
        having: defaultdict[str, int] = defaultdict(int)
        total = 0
        for terms in records:
            total += 1
            for entry in terms:
                having[entry] += 1
        rarities = {many: _rarity(many, total) for many in set(having.values())}
        self._weights: Final = {
            entry: rarities[many] * (_WEAK if entry in WEAK_TERMS else 1) for entry, many in having.items()
        }

    def knows(self, entry: str) -> bool:
        """Return whether any record has the term; a weak one counts as known."""
        return entry in self._weights or entry in WEAK_TERMS

    def weight(self, terms: Iterable[str]) -> float:
        """Return what the terms weigh together."""
        return math.fsum(map(self._weight, terms))

    def _weight(self, entry: str) -> float:
        weight = self._weights.get(entry)
        if weight is None:
            return _WEAK if entry in WEAK_TERMS else 1.0
        return weight


def _rarity(having: int, records: int) -> float:
    """Return a term's weight: 1 for what one record has, less the more have it (a damped inverse frequency)."""
    return math.sqrt(math.log(1 + records / having) / math.log(1 + records))
