"""What a question asks for besides its subject: a number, a day, a reason, a yes or a no; and what gives that."""

from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from bot.search.english import AUXILIARIES, DONE, DURATIONS, MODALS, NUMBERS, ORDINALS, PRONOUNS, REASONS, TIMES
from bot.search.words import term


class Sought(Enum):
    """What only a text that has it can answer."""

    NUMBER = auto()
    DURATION = auto()
    TIME = auto()
    PLACE = auto()
    REASON = auto()


_AFTER_HOW: Final = {"many": Sought.NUMBER, "much": Sought.NUMBER, "often": Sought.NUMBER, "long": Sought.DURATION}
_ALONE: Final = {"when": Sought.TIME, "where": Sought.PLACE, "why": Sought.REASON}
_QUESTION_WORDS: Final = frozenset({"what", "whats", "which", "who", "whos", "whom", "whose", "how", "hows", *_ALONE})


def sought(spelt: Sequence[str]) -> frozenset[Sought]:
    """Return what the words of a question ask for."""
    after = {_AFTER_HOW[word] for how, word in pairwise(spelt) if how == "how" and word in _AFTER_HOW}
    return frozenset(after | {_ALONE[word] for word in spelt if word in _ALONE})


def gives(spelt: Sequence[str], what: Sought, question: Sequence[str]) -> bool:
    """Return whether the words of a sentence give what is sought. A place any may: its name is no word one can know."""
    match what:
        case Sought.NUMBER:
            return _counts(spelt, _counted(question))
        case Sought.DURATION:
            return any(_is_number(word) and unit in DURATIONS for word, unit in pairwise(spelt))
        case Sought.TIME:
            return any(word in TIMES for word in spelt)
        case Sought.REASON:
            return any(word in REASONS for word in spelt)
    return True


def _counted(question: Sequence[str]) -> str:
    """Return what "how many" asks the number of; "" for "how often" and "how many times"."""
    after = next((at for at, word in enumerate(question) if word in {"many", "much"}), len(question)) + 1
    noun = question[after] if after < len(question) else ""
    return "" if noun in {"time", "times"} else noun


def _counts(spelt: Sequence[str], noun: str) -> bool:
    if not noun:
        return any(word in ORDINALS for word in spelt)
    return any(_is_number(word) and term(noun) in map(term, spelt[at + 1 : at + 3]) for at, word in enumerate(spelt))


def _is_number(word: str) -> bool:
    return word.isdigit() or word in NUMBERS


def is_yes_or_no(spelt: Sequence[str]) -> bool:
    """Return whether the words ask whether something is so."""
    return any(word in AUXILIARIES for word in spelt) and not any(word in _QUESTION_WORDS for word in spelt)


def is_done(spelt: Sequence[str]) -> bool:
    """Return whether the words ask whether something has come about: "did they", "has he"."""
    return is_yes_or_no(spelt) and any(word in DONE for word in spelt) and not may_be(spelt)


def may_be(spelt: Sequence[str]) -> bool:
    """Return whether the words are about what may, can or must be."""
    return any(word in MODALS for word in spelt)


def is_keywords(spelt: Sequence[str]) -> bool:
    """Return whether the words are no question, only what it would be about."""
    return not any(word in AUXILIARIES or word in _QUESTION_WORDS for word in spelt)


def points_back(spelt: Sequence[str]) -> bool:
    """Return whether the words mean somebody without a name: "they", "each other"."""
    return any(word in PRONOUNS for word in spelt)
