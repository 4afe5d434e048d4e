"""Reliability: how often what is said to be so likely is right.

Scores are put into ten bins, each with about a tenth of what counts. The expected calibration error is the mean
distance between how likely the answers of a bin are said to be and how many of them are right; the Brier score the mean
square distance of each. Where half of the questions have an answer, as the weights were fitted for, what has one counts
as much in all as what has none; a set where more have one is met too low, one where fewer have one too high.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.search.vectors import Vectors
from bot.services.probe import ProbeReport

_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins as (how likely on average, the share that is right), and the two measures."""

    bins: tuple[tuple[float, float], ...]
    error: float
    brier: float


def reliability(reports: Sequence[ProbeReport], *, half: bool) -> Reliability:
    """Return how reliable the scores are, the reports counting alike; `half` as if half of it had an answer."""
    found = [_scores(report, half=half) for report in reports]
    likely, right, counts = (np.concatenate(part) for part in zip(*found, strict=True))
    counts = counts / counts.sum()
    # Equal scores share a bin: the one that the middle of them falls into.
    _, same = np.unique(likely, return_inverse=True)
    each = np.bincount(same, counts)
    bins = ((np.cumsum(each) - each / 2) * _BINS).astype(int)[same]
    inside = [np.flatnonzero(bins == number) for number in np.unique(bins)]
    weights = [float(counts[some].sum()) for some in inside]
    pairs = tuple(
        (float(np.average(likely[some], weights=counts[some])), float(np.average(right[some], weights=counts[some])))
        for some in inside
    )
    error = sum(abs(said - was) * weight for (said, was), weight in zip(pairs, weights, strict=True))
    return Reliability(pairs, error, float(counts @ (likely - right) ** 2))


def _scores(report: ProbeReport, *, half: bool) -> tuple[Vectors, Vectors, Vectors]:
    """Return of each probe how likely its first record is said to be, whether it is right, and what it counts."""
    likely = np.array([result.finding.likely for result in report.results], np.float32)
    first = [result.finding.ranked[0].slug if result.finding.ranked else "" for result in report.results]
    right = [slug in result.probe.slugs for slug, result in zip(first, report.results, strict=True)]
    answerable = np.array([bool(result.probe.slugs) for result in report.results])
    counts = np.full(len(likely), 1 / len(likely), np.float32)
    if half and 0 < answerable.sum() < len(answerable):
        counts = np.where(answerable, 0.5 / answerable.sum(), 0.5 / (~answerable).sum()).astype(np.float32)
    return likely, np.array(right, np.float32), counts
