"""Weighing: what each measure of likeness counts for, and how likely the record that comes first is right.

Fitted on a prototype, as `bench/fitting.py` writes it down, on public sets of questions (HINT3, clinc150's
development queries, the JHU COVID-19 FAQ): first the sum, so that the right record comes first; then, from the first
record's sum and its lead on the second, the probability that it is right. The doubts, and the start with them, were
set on content's probes; on those sets they change the measures little.
"""

import math
from typing import Final

from bot.search.doubts import Doubts

MEANT: Final = 7.2
TOLD: Final = 1.1
LETTERS: Final = 2.1
WORDS: Final = 3.5
CHOSEN: Final = 3.5

# Without the model: letters, words, words of a sentence.
WORDS_ALONE: Final = (6.0, 6.0, 2.5)

_SUM: Final = 0.25
_LEAD: Final = 0.55
MOST_LEAD: Final = 4.0  # a greater one says no more
_START: Final = -2.9
_UNHEARD: Final = -0.9
_UNHEARD_BY_WORDS: Final = -3.0
_NOT_GIVEN: Final = -2.5
_ELSEWHERE: Final = -2.5
_TURNED: Final = -1.7
_SWAPPED: Final = -3.0
_NOT_DONE: Final = -0.5


def probability(best: float, second: float, doubts: Doubts, *, by_words: bool = False) -> float:
    """Return how likely the record whose sum is `best` answers the question, 0 to 1; `second` is its rival's.

    `by_words` tells that the model had no say: then what a record never mentions speaks louder against it.
    """
    odds = _SUM * best + _LEAD * min(best - second, MOST_LEAD) + _START
    odds += (_UNHEARD_BY_WORDS if by_words else _UNHEARD) * doubts.unheard
    odds += _NOT_GIVEN * doubts.not_given + _ELSEWHERE * doubts.elsewhere
    odds += _TURNED * doubts.turned + _SWAPPED * doubts.swapped + _NOT_DONE * doubts.not_done
    return 1 / (1 + math.exp(-odds))
