"""What can be followed, as commands name it: everything, a process, an agreement, a party."""

from typing import Final

from bot.commands import cards
from bot.commands.context import Context
from bot.domain.base import Kind
from bot.services.digests import EVERYTHING
from bot.services.subscribe import Followed
from bot.storage.subscriptions import Subscription

EVERY_ONE: Final = "every one"  # all subscriptions, each of them
KINDS: Final = (Kind.PROCESS, Kind.AGREEMENT, Kind.PARTY)
_EVERYTHING: Final = frozenset({EVERYTHING, "everything"})
_WORDS: Final = {cards.payload(kind, ""): kind for kind in KINDS}


def named(context: Context, words: str) -> tuple[bool, Followed]:
    """Return whether the words name something to follow, and what; without words it is the chat's process."""
    if not words:
        process = context.process
        return (True, (Kind.PROCESS, str(process.record.slug))) if process else (False, None)
    if words.lower() in _EVERYTHING:
        return True, None
    kind = _WORDS.get(words[:2])
    if kind and cards.card(context.snapshot, kind, words[2:]):
        return True, (kind, words[2:])
    snapshot = context.snapshot
    for table in (snapshot.processes, snapshot.agreements, snapshot.parties):
        found = snapshot.named(table, words)
        if found:
            return True, (found.record.kind, str(found.record.slug))
    return False, None


def held(context: Context, word: str, subscriptions: tuple[Subscription, ...]) -> Subscription | None:
    """Return the subscription whose word that is, or which the words name; also one of what is withdrawn."""
    for item in subscriptions:
        if word_of(of(item)) == word:
            return item
    known, followed = named(context, word)
    return next((item for item in subscriptions if known and of(item) == followed), None)


def of(subscription: Subscription) -> Followed:
    """Return what the subscription follows."""
    target = subscription.target
    return (target.kind, target.slug) if target else None


def word_of(followed: Followed) -> str:
    """Return the word that buttons carry for it: at most 42 characters."""
    return cards.payload(*followed) if followed else EVERYTHING


def title(context: Context, followed: Followed) -> str:
    """Return what to call it; "" is everything."""
    if followed is None:
        return ""
    found = cards.card(context.snapshot, *followed)
    return cards.title(found.record) if found else followed[1]
