"""Judging: what governs which record a question is for, and when one is its answer. One place, to be read whole.

1. A record of the process that the chat follows goes before another process's.
2. A party's card says who it is and no more: it is for a bare name and for "who is". The brief is for whoever asks to
   have it summed up. Words that every agreement's card has (in force, signed, expires) are for agreements; who, when,
   where and why for the questions that tell it.
3. A record is an answer where it is likelier right than not (`weighing`); less so the more that is asked about it never
   mentions, and where its text most like the question is about others, or gives no number or day where one is asked
   for (`doubts`).
4. A record that is not likely enough is offered, unless it mentions nothing at all of what is asked about.
5. A question that names somebody or something that nothing here mentions is not answered (`strangers`).
6. What is asked like something that the process is known not to answer is not answered.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from bot.domain.base import Kind
from bot.search.english import listed
from bot.search.vectors import Vectors

# Among equals: a bare name means the party, even where it tags a question; and a question was written to be asked.
RANKS: Final = {kind: rank for rank, kind in enumerate((Kind.PARTY, Kind.QUESTION, Kind.AGREEMENT, Kind.PROCESS))}

ELSEWHERE: Final = np.float32(1.5)  # off the sum of another process's record; the sums are those of `likeness`
_NOT_WHO: Final = -5.0  # on a party's, where more than who it is is asked
_SUMMARY: Final = 2.5  # on a brief's, where one is asked for
_CARD: Final = 1.0  # on an agreement's, for words that its card is there for
_TOLD: Final = 0.5  # on a question's, for who, when, where and why

_SUMMARIES: Final = listed(
    """
    summary summarise summarize sum overview brief briefing recap gist tldr latest news short catch update
    updates
    """
)
_ON_A_CARD: Final = listed(
    """
    status force valid effect effective start starts begin begins end ends expire expires expired expiry last
    lasts duration extended extension renewed signed signatories monitor monitors monitored supervise verified
    violated terms support supports accept accepts reject rejects rejected against
    """
)
_ASKING: Final = listed(
    """
    who when where why whose
    """
)

ANSWER: Final = 0.5  # from here on the first record is the answer: it is likelier right than not
# Without the model from here on: words and letters alone mistake a look-alike too easily to take the same risk.
ANSWER_BY_WORDS: Final = 0.8
OF_A_STRANGER: Final = 0.3  # at most, of a question that names whom nothing here mentions: no answer, but offered
SUGGESTION: Final = 0.03  # from here on a record is offered


def preference(spelt: Sequence[str], *, names_only: bool) -> Vectors:
    """Return what the words of a question add to the sum of each kind of record, in the order of RANKS."""
    said = frozenset(spelt)
    added = {
        Kind.PARTY: 0.0 if names_only else _NOT_WHO,
        Kind.QUESTION: _TOLD if said & _ASKING else 0.0,
        Kind.AGREEMENT: _CARD if said & _ON_A_CARD else 0.0,
        Kind.PROCESS: _SUMMARY if said & _SUMMARIES else 0.0,
    }
    return np.array([added[kind] for kind in RANKS], np.float32)
