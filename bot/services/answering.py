"""Answering: what a publication answers leaves the queue, and whoever asked to be told of it is owed a word, once."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.snapshot import Snapshot
from bot.domain.base import Kind
from bot.domain.gate import Key
from bot.errors import StorageError
from bot.search.finding import Outcome
from bot.search.understanding import Understanding
from bot.search.vectors import Vectors
from bot.storage import outbox, queue
from bot.storage.database import Database
from bot.storage.outbox import Rank
from bot.storage.queue import State, Waiting, Wish

_A_STEP: Final = 500  # wishes told in one transaction
_LOOK: Final = 1.0  # seconds
_LOG: Final = logging.getLogger(__name__)


Asked = Mapping[str, Vectors | None]  # the vector of each question, by its words


@dataclass(frozen=True, slots=True)
class Answering:
    """What a snapshot answers of what had no answer before."""

    database: Database
    understanding: Understanding

    async def run(self, catalogue: Catalogue, clock: Callable[[], datetime], then: Callable[[], None]) -> None:
        """Settle what is published now, and then each snapshot, until cancelled; do `then` where a word is owed.

        One publication may bring two: the second finds by meaning. What fails is logged and tried again.
        """
        settled: Snapshot | None = None
        while True:
            snapshot = catalogue.current
            if snapshot is not settled:
                try:
                    if await self.settle(snapshot, clock()):
                        then()
                    settled = snapshot
                except StorageError as error:
                    _LOG.warning("What is answered by now could not be settled; trying again: %s", error)
            await asyncio.sleep(_LOOK)

    async def settle(self, snapshot: Snapshot, now: datetime) -> int:
        """Settle what the snapshot answers by records published since it was asked; returns how many wishes are owed.

        Commits. Killed at any instant it goes on the next time: a wish ends in the transaction that owes its message.
        """
        async with self.database.read() as connection:
            waiting, wishes = await queue.waiting(connection), await queue.all_wishes(connection)
        if not (waiting or wishes):
            return 0
        vectors = await self._vectors(snapshot, {*(item.words for item in waiting), *(wish.words for wish in wishes)})
        answered = await asyncio.to_thread(_answered, snapshot, waiting, vectors)
        fulfilled = await asyncio.to_thread(_fulfilled, snapshot, wishes, vectors)
        for key, numbers in answered.items():
            async with self.database.write() as connection:
                await queue.settle(connection, numbers, State.ANSWERED, " ".join(key))
        owed = 0
        for start in range(0, len(fulfilled), _A_STEP):
            async with self.database.write() as connection:
                for wish, key in fulfilled[start : start + _A_STEP]:
                    if await queue.end_wish(connection, wish.id, wish.chat):
                        line = told_line(*key)
                        await outbox.owe(connection, wish.chat, wish.locale, line, now=now, rank=Rank.ANSWER)
                        owed += 1
        return owed

    async def _vectors(self, snapshot: Snapshot, asked: Iterable[str]) -> Mapping[str, Vectors | None]:
        """Return the vector of each question, all encoded together; nothing where the snapshot finds by words alone."""
        if not snapshot.index.understands:
            return {}
        words = list(asked)
        found = await asyncio.gather(*(self.understanding.vector(snapshot.index.meant(each)) for each in words))
        return dict(zip(words, found, strict=True))


def told_line(kind: Kind, slug: str) -> str:
    """Return the command line of the message that tells of an answer."""
    return f"/told {kind} {slug}"


def _answered(snapshot: Snapshot, waiting: Iterable[Waiting], vectors: Asked) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    for item in waiting:
        if key := _answer(snapshot, item, item.at, vectors):
            found.setdefault(key, []).append(item.id)
    return found


def _fulfilled(snapshot: Snapshot, wishes: Iterable[Wish], vectors: Asked) -> list[tuple[Wish, Key]]:
    return [(wish, key) for wish in wishes if (key := _answer(snapshot, wish, wish.since, vectors))]


def _answer(snapshot: Snapshot, item: Waiting | Wish, since: datetime, vectors: Asked) -> Key | None:
    """Return the record that answers the words now and has been published since; else whoever asked has seen it."""
    finding = snapshot.find(item.words, item.process or None, vectors.get(item.words))
    if finding.outcome is not Outcome.ANSWER:
        return None
    best = finding.hits[0]
    revision = snapshot.by_key(best.kind, best.slug)
    return (best.kind, best.slug) if revision and revision.recorded > since else None
