"""What a search finds: one of three outcomes."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.base import Kind


class Outcome(StrEnum):
    """The three things that can come of a question."""

    ANSWER = "answer"
    SUGGESTIONS = "suggestions"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that may answer; `score` says how likely, from 0 to 1.

    `matched` is the way to ask for it, or the sentence of what it tells, that is most like the question; "" where
    neither is: a card's line, a record that is found by other means.
    """

    kind: Kind
    slug: str
    score: float
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome; `hits` are the best first: the first is the answer where there is one, the rest suggestions.

    Of `chatter`, which asks for nothing, the outcome is none; it is not for the desk.
    """

    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    ranked: tuple[Hit, ...] = ()  # the best, however unlikely, to measure with
    likely: float = 0.0  # that the first of them is the answer
    chatter: bool = False
