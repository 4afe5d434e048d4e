"""Quality: how well questions find their records, by measures that know no threshold of ours.

R@k    the share of answerable questions with a right record among the first k
MRR    the mean of 1 / the place of the first right record
AUROC  how likely a random answerable question's first record has a higher score than a random unanswerable one's
right at <= x%   the share of answerable questions answered right where the threshold lets at most so many of the others
       be answered
MCC    the multi-class Matthews correlation (Gorodkin 2004, https://doi.org/10.1016/j.compbiolchem.2004.09.006), "no
       answer" a class of its own, as in the HINT3 paper
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt
from typing import Final

_STEPS: Final = 1000  # thresholds that are tried for the best correlation


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: what it found, best first; how likely the first is right; and what is right, perhaps nothing."""

    found: tuple[str, ...]
    likely: float
    right: frozenset[str]

    @property
    def is_right(self) -> bool:
        """Return whether the first record is right."""
        return bool(self.found) and self.found[0] in self.right


@dataclass(frozen=True, slots=True)
class Quality:
    """The measures; None where there are no questions to take them of."""

    first: float | None
    among_three: float | None
    reciprocal_rank: float | None
    auroc: float | None
    right_at_5: float | None
    right_at_10: float | None
    mcc: float
    mcc_at: float


def quality(asked: Sequence[Asked]) -> Quality:
    """Return the measures of all that was asked."""
    answerable = [one for one in asked if one.right]
    others = sorted(one.likely for one in asked if not one.right)
    mcc, at = _best_mcc(asked)
    return Quality(
        _share([one.is_right for one in answerable]),
        _share([bool(one.right & set(one.found[:3])) for one in answerable]),
        _mean([_reciprocal(one) for one in answerable]),
        _auroc([one.likely for one in answerable], others),
        _right_at(0.05, answerable, others),
        _right_at(0.10, answerable, others),
        mcc,
        at,
    )


def mcc_at(asked: Sequence[Asked], threshold: float) -> float:
    """Return the correlation where the first record is the answer from `threshold` on; 0 where it has no meaning."""
    right, wanted, given = 0, Counter[str](), Counter[str]()
    for one in asked:
        answer = one.found[0] if one.found and one.likely >= threshold else ""
        label = answer if answer in one.right else min(one.right, default="")
        right += answer == label
        wanted[label] += 1
        given[answer] += 1
    total = len(asked)
    both = sum(wanted[label] * many for label, many in given.items())
    spread = _spread(given, total) * _spread(wanted, total)
    return (right * total - both) / sqrt(spread) if spread else 0.0


def _spread(labels: Counter[str], total: int) -> int:
    return total**2 - sum(many**2 for many in labels.values())


def _best_mcc(asked: Sequence[Asked]) -> tuple[float, float]:
    tried = sorted({one.likely for one in asked})
    tried = tried[:: max(1, len(tried) // _STEPS)]
    return max(((mcc_at(asked, threshold), threshold) for threshold in tried), default=(0.0, 0.0))


def _reciprocal(one: Asked) -> float:
    return next((1 / place for place, slug in enumerate(one.found, 1) if slug in one.right), 0.0)


def _auroc(answerable: Sequence[float], others: Sequence[float]) -> float | None:
    """Return the share of pairs that are the right way round, ties counting half."""
    if not answerable or not others:
        return None
    ranks = sorted(others)
    below = sum(bisect_right(ranks, one - 1e-12) + bisect_right(ranks, one) for one in answerable)
    return below / 2 / len(answerable) / len(others)


def _right_at(share: float, answerable: Sequence[Asked], others: Sequence[float]) -> float | None:
    if not answerable or not others:
        return None
    allowed = floor(share * len(others))
    above = sorted(others, reverse=True)[allowed]  # the highest that must not be answered
    return sum(one.is_right and one.likely > above for one in answerable) / len(answerable)


def _share(values: Sequence[bool]) -> float | None:
    return _mean(list(map(float, values)))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
