"""What is seen of a set: for each probe, all that the weights have a say on, and what is right."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.fitting.sets import QuestionSet
from bot.importing import Probe
from bot.search.finding import Finding
from bot.search.index import Index
from bot.search.vectors import Vectors
from bot.search.weighing import BY_MEANING, BY_WORDS, Weighing

Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Likened:
    """The measures of each document for each probe, what judging adds, and which are right."""

    measures: Vectors
    added: Vectors
    right: Vectors


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence for the document that comes first, a row a probe; whether it is right; whether anything is."""

    evidence: Vectors
    right: Vectors
    answerable: Vectors


class Seen:
    """A set with an index of it."""

    def __init__(self, one: QuestionSet, encode: Encode, weighing: Weighing | None, *, by_words: bool) -> None:
        """Make the index, to weigh as given, or as it ships."""
        self._set = one
        self._by_words = by_words
        self.index = Index(
            one.searched,
            None if by_words else encode,
            by_meaning=BY_MEANING if by_words or weighing is None else weighing,
            by_words=weighing if by_words and weighing is not None else BY_WORDS,
        )
        self._meant = [self.index.meant(probe.ask) for probe in one.probes]
        self._vectors = None if by_words else encode([meant or "-" for meant in self._meant])

    def vector(self, place: int) -> Vectors | None:
        """Return the embedding of a probe, None by words or where it asks for nothing."""
        return None if self._vectors is None or not self._meant[place] else self._vectors[place]

    def likened(self) -> Likened:
        """Return what the weights of the measures are fitted on: the probes that something answers."""
        slugs = [document.slug for document in self._set.searched.documents]
        found = []
        for place, probe in self._asking():
            if probe.slugs:
                measures, added = self.index.measures(probe.ask, probe.process, self.vector(place))
                found.append((measures, added, [slug in probe.slugs for slug in slugs]))
        return Likened(*(np.array(part, np.float32) for part in zip(*found, strict=True)))

    def weighed(self) -> Weighed:
        """Return what the weights of the evidence are fitted on: of each probe the document with the highest sum."""
        found = []
        for place, probe in self._asking():
            considered = self.index.considered(probe.ask, probe.process, self.vector(place))
            first = next((one for one in considered if one.document.covered), None)
            if first is not None:
                found.append((first.evidence, first.document.slug in probe.slugs, bool(probe.slugs)))
        return Weighed(*(np.array(part, np.float32) for part in zip(*found, strict=True)))

    def findings(self) -> list[Finding]:
        """Return what the probes find, as a reader would find it."""
        return [
            self.index.find(probe.ask, probe.process, self.vector(place))
            for place, probe in enumerate(self._set.probes)
        ]

    def _asking(self) -> Iterator[tuple[int, Probe]]:
        """Yield the probes that ask for something."""
        return ((place, probe) for place, probe in enumerate(self._set.probes) if self._meant[place])
