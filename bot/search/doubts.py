"""Doubts: what of a question the text that is most like it does not say, so that its record may not be the answer.

A text can mean nearly the same and answer another question: "did Zelensky talk with Putin" shares every word with talks
of which Zelensky was no part.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.search.asking import gives, is_done, may_be, sought
from bot.search.english import QUESTION_WORDS
from bot.search.names import is_name
from bot.search.rarity import Rarity
from bot.search.reading import Reading
from bot.search.words import WEAK_TERMS, term

_TWO: Final = 2
QUESTION_TERMS: Final = frozenset(map(term, QUESTION_WORDS))


@dataclass(frozen=True, slots=True)
class Doubts:
    """Each from 0, none, to 1."""

    unheard: float = 0.0  # the share of what is asked about that the whole record never mentions
    not_given: float = 0.0  # a number, day, duration or reason is asked for, and the text neither asks for nor gives it
    elsewhere: float = 0.0  # something is asked about that only questions mention which nothing here answers
    turned: float = 0.0  # in the text another does what the question asks of somebody: "attacks on Kyiv"
    swapped: float = 0.0  # who does something to whom is the other way round: "Kyiv accuses Trump"
    not_done: float = 0.0  # "did they stop" is not "should they stop"


class Doubting:
    """Doubts records by one question."""

    def __init__(self, question: Reading, rarity: Rarity, elsewhere: frozenset[str]) -> None:
        """Take the question, what terms weigh, and those that only questions have which nothing here answers."""
        self._question: Final = question
        self._weight: Final = rarity.weight
        self._names: Final = _names(question.count)
        self._about: Final = question.count - WEAK_TERMS - QUESTION_TERMS
        self._elsewhere: Final = not self._about.isdisjoint(elsewhere)

    def of(self, text: Reading, record: frozenset[str], *, tells: bool) -> Doubts:
        """Return what speaks against the record with these terms, whose text is most like the question.

        Of one that `tells` nothing, whose answer is not known, nobody can say what it gives.
        """
        return Doubts(
            self._unheard(record),
            float(tells and not self._given(text)),
            float(self._elsewhere),
            float(self._turned(text)),
            float(_swapped(self._question.order, text.order)),
            float(is_done(self._question.words) and may_be(text.words)),
        )

    def _unheard(self, record: frozenset[str]) -> float:
        total = self._weight(self._about)
        return self._weight(self._about - record) / total if total else 0.0

    def _given(self, text: Reading) -> bool:
        found = sought(text.words)
        return all(
            what in found or gives(text.words, what, self._question.words) for what in sought(self._question.words)
        )

    def _turned(self, text: Reading) -> bool:
        together = any(_both_names(one, other) for one, other in pairwise(self._question.order))
        for thing in (self._question.count & text.count) - self._names - QUESTION_TERMS - WEAK_TERMS:
            asked, told = _before(thing, self._question.order), _before(thing, text.order)
            if asked and told and (not asked & told or (together and not asked <= told)):
                return True
        return False


def _swapped(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether both are about the same two names in another order, not just side by side: "Trump and Putin"."""
    first, second = list(filter(is_name, one)), list(filter(is_name, other))
    if len(set(first)) != _TWO or set(first) != set(second) or first[0] == second[0]:
        return False
    return not any(_both_names(*pair) for order in (one, other) for pair in pairwise(order))


def _names(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(filter(is_name, terms))


def _both_names(one: str, other: str) -> bool:
    return is_name(one) and is_name(other) and one != other


def _before(thing: str, order: tuple[str, ...]) -> frozenset[str]:
    """Return the names before the first of a thing; none where it has no place of its own in the order."""
    return frozenset(filter(is_name, order[: order.index(thing)])) if thing in order else frozenset()
