"""Answering: what a publication answers leaves the queue, and whoever asked to be told of it is owed a word, once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.catalogue.snapshot import Snapshot
from bot.domain.gate import Key
from bot.search.finding import Outcome
from bot.storage import queue
from bot.storage.database import Connection, Database
from bot.storage.queue import State, Waiting, Wish

# Owes a chat (its number, its language) the message that tells of the answer in the record of that kind and slug.
Owe = Callable[[Connection, Wish, Key, datetime], Awaitable[None]]
_A_STEP: Final = 500  # wishes told in one transaction


@dataclass(frozen=True, slots=True)
class Answering:
    """What a snapshot answers of what had no answer before."""

    database: Database
    owe: Owe

    async def settle(self, snapshot: Snapshot, now: datetime) -> int:
        """Settle what the snapshot answers by records published since it was asked; returns how many wishes are owed.

        Commits. Killed at any instant it goes on the next time: a wish ends in the transaction that owes its message.
        """
        async with self.database.read() as connection:
            waiting, wishes = await queue.waiting(connection), await queue.all_wishes(connection)
        if not (waiting or wishes):
            return 0
        answered = await asyncio.to_thread(_answered, snapshot, waiting)
        fulfilled = await asyncio.to_thread(_fulfilled, snapshot, wishes)
        for key, numbers in answered.items():
            async with self.database.write() as connection:
                await queue.settle(connection, numbers, State.ANSWERED, " ".join(key))
        owed = 0
        for start in range(0, len(fulfilled), _A_STEP):
            async with self.database.write() as connection:
                for wish, key in fulfilled[start : start + _A_STEP]:
                    if await queue.end_wish(connection, wish.id, wish.chat):
                        await self.owe(connection, wish, key, now)
                        owed += 1
        return owed


def _answered(snapshot: Snapshot, waiting: Iterable[Waiting]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    for item in waiting:
        if key := _answer(snapshot, item.words, item.process, item.at):
            found.setdefault(key, []).append(item.id)
    return found


def _fulfilled(snapshot: Snapshot, wishes: Iterable[Wish]) -> list[tuple[Wish, Key]]:
    return [(wish, key) for wish in wishes if (key := _answer(snapshot, wish.words, wish.process, wish.since))]


def _answer(snapshot: Snapshot, words: str, process: str, since: datetime) -> Key | None:
    """Return the record that answers the words now and has been published since; else whoever asked has seen it."""
    finding = snapshot.index.find(words, process or None)
    if finding.outcome is not Outcome.ANSWER:
        return None
    best = finding.hits[0]
    revision = snapshot.by_key(best.kind, best.slug)
    return (best.kind, best.slug) if revision and revision.recorded > since else None
