"""A fit: the weights that some sets give, and how the probes of any set go with them."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bench.fitting.learning import of_evidence, of_measures
from bench.fitting.seen import Encode, Likened, Seen
from bench.fitting.sets import QuestionSet
from bot.search.weighing import Weighing
from bot.services.probe import ProbeReport, measured


class Fitting:
    """Fits and measures, by meaning or by words alone."""

    def __init__(self, encode: Encode, *, by_words: bool) -> None:
        """Fit with these embeddings."""
        self._encode: Final = encode
        self._by_words: Final = by_words
        self._likened: Final[dict[QuestionSet, Likened]] = {}

    def fit(self, sets: Sequence[QuestionSet]) -> Weighing:
        """Return the weights that fit the sets best; families count alike, and the sets of one share what it counts."""
        families = Counter(one.family for one in sets)
        counts = {one: 1 / len(families) / families[one.family] for one in sets}
        measures = of_measures([(self._likened_of(one), counts[one]) for one in sets])
        unsure = Weighing(measures, (0.0,) * 10)
        weighed = [(self._seen(one, unsure).weighed(), counts[one]) for one in sets if one.teaches_refusing]
        return Weighing(measures, of_evidence(weighed))

    def report(self, one: QuestionSet, weighing: Weighing) -> ProbeReport:
        """Return how the probes of a set go, through the index that readers ask."""
        return measured(one.probes, self._seen(one, weighing).findings())

    def _likened_of(self, one: QuestionSet) -> Likened:
        # No weight has a say in it, so that it is found once.
        if one not in self._likened:
            self._likened[one] = self._seen(one, None).likened()
        return self._likened[one]

    def _seen(self, one: QuestionSet, weighing: Weighing | None) -> Seen:
        return Seen(one, self._encode, weighing, by_words=self._by_words)
