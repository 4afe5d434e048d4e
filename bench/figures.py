"""Figures: what was seen in each round, and what is said about it."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """One value a round, in the order of the rounds."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the median; NaN where nothing was measured."""
        return statistics.median(self.values) if self.values else math.nan

    def over(self, other: "Series") -> "Series":
        """Return the ratios round by round: what both had to bear in a round cancels out."""
        return Series(tuple(mine / theirs for mine, theirs in zip(self.values, other.values, strict=True) if theirs))

    def with_range(self, digits: int = 0) -> str:
        """Return the median, with the lowest and the highest behind it."""
        if not self.values:
            return "-"
        low, high = (f"{value:,.{digits}f}" for value in (min(self.values), max(self.values)))
        return f"{self.median:,.{digits}f} ({low}-{high})"

    def with_spread(self) -> str:
        """Return the median, with half the range in per cent of it."""
        if not self.values:
            return "-"
        half = (max(self.values) - min(self.values)) / 2
        return f"{self.median:,.0f} ±{half / self.median:.0%}"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of them do not exceed (nearest rank); NaN where there is none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
