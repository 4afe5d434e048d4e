"""The plan: how many of each thing one run does."""

from dataclasses import dataclass, replace
from typing import Final

CHATS: Final = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """Counts of a run. Every kind of thing takes its turn in every round, so that a busy moment harms all alike."""

    rounds: int
    starts: int  # rounds of fresh processes
    calls: int  # calls of the router for each kind of question, in each round
    messages: int  # messages that a bot answers at its own speed, in each round
    bursts: int  # times that all chats ask at the same instant, in each round
    posts: int  # calls of sendMessage through each transport, in each round
    free_seconds: int = 60  # how long messages to many take at the free rate
    paid_messages: int = 30_000  # sent at the paid rate
    followers: int = 1_000_000  # that one bulletin is made owed to

    def with_rounds(self, rounds: int) -> "Plan":
        """Return the same with another number of rounds."""
        return replace(self, rounds=rounds, starts=rounds)


FULL: Final = Plan(rounds=5, starts=7, calls=400, messages=1500, bursts=10, posts=2000)
QUICK: Final = Plan(
    rounds=2,
    starts=3,
    calls=100,
    messages=500,
    bursts=4,
    posts=500,
    free_seconds=10,
    paid_messages=5000,
    followers=50_000,
)
