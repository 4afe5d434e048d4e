"""Probe: measure whether questions as people ask them find their records, and say which no longer do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.importing import Probe
from bot.search.finding import Finding, Outcome
from bot.search.index import SUGGESTIONS
from bot.services.quality import Asked, Quality, quality


class Mark(StrEnum):
    """How a probe went."""

    RIGHT = "answered right"
    WRONG = "answered wrong"  # by a record that does not answer it, whether another does or none
    SUGGESTED = "suggested right"
    NOT_OFFERED = "refused wrong"  # neither answered nor was a right record among those offered
    REFUSED = "refused right"
    OFFERED = "refused right, others offered"  # nothing answers it; that others were offered is no miss


_MISSES: Final = frozenset({Mark.WRONG, Mark.NOT_OFFERED})


@dataclass(frozen=True, slots=True)
class Probed:
    """A probe, what it found, and how that is judged."""

    probe: Probe
    finding: Finding
    mark: Mark

    @property
    def missed(self) -> bool:
        """Return whether the person who asks is misled or left with nothing."""
        return self.mark in _MISSES

    @property
    def right(self) -> bool:
        """Return whether it went as well as it can: answered right, or refused right."""
        return self.mark in {Mark.RIGHT, Mark.REFUSED, Mark.OFFERED}


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """All probes with how they went, in the order they were given, and the sums."""

    results: tuple[Probed, ...]

    @property
    def asked(self) -> int:
        """Return how many probes there were."""
        return len(self.results)

    @property
    def answerable(self) -> int:
        """Return how many of them have a record that answers."""
        return sum(bool(result.probe.slugs) for result in self.results)

    @property
    def answered_right(self) -> int:
        """Return how many were answered with a right record."""
        return self._count(Mark.RIGHT)

    @property
    def answered_wrong(self) -> int:
        """Return how many were answered with a record that does not answer them."""
        return self._count(Mark.WRONG)

    @property
    def answered_unanswerable(self) -> int:
        """Return how many of those were answered that nothing answers."""
        return sum(result.mark is Mark.WRONG and not result.probe.slugs for result in self.results)

    @property
    def suggested_right(self) -> int:
        """Return how many were not answered, with a right record among the three offered."""
        return self._count(Mark.SUGGESTED)

    @property
    def refused_right(self) -> int:
        """Return how many were rightly not answered, with or without others offered."""
        return self._count(Mark.REFUSED) + self._count(Mark.OFFERED)

    @property
    def refused_wrong(self) -> int:
        """Return how many have a record that was neither told nor offered."""
        return self._count(Mark.NOT_OFFERED)

    @property
    def new_misses(self) -> tuple[Probed, ...]:
        """Return what misses and is not known to: these fail."""
        return tuple(result for result in self.results if result.missed and not result.probe.known_miss)

    @property
    def mended(self) -> tuple[Probed, ...]:
        """Return the known misses that are none any more: their mark can go."""
        return tuple(result for result in self.results if not result.missed and result.probe.known_miss)

    @property
    def quality(self) -> Quality:
        """Return what the scores alone can do, whatever the threshold."""
        return quality(
            [
                Asked(
                    tuple(hit.slug for hit in result.finding.ranked),
                    result.finding.likely,
                    frozenset(result.probe.slugs),
                )
                for result in self.results
            ]
        )

    def _count(self, mark: Mark) -> int:
        return sum(result.mark is mark for result in self.results)


def measured(probes: Iterable[Probe], findings: Iterable[Finding]) -> ProbeReport:
    """Return how the probes went, each with its finding."""
    return ProbeReport(
        tuple(Probed(probe, finding, _mark(probe, finding)) for probe, finding in zip(probes, findings, strict=True))
    )


def _mark(probe: Probe, finding: Finding) -> Mark:
    found = [hit.slug for hit in finding.hits]
    if finding.outcome is Outcome.ANSWER:
        return Mark.RIGHT if found[0] in probe.slugs else Mark.WRONG
    if not probe.slugs:
        return Mark.OFFERED if found else Mark.REFUSED
    return Mark.SUGGESTED if set(found[:SUGGESTIONS]) & set(probe.slugs) else Mark.NOT_OFFERED
