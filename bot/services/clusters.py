"""Clusters: what several readers could not find, put together however they worded it."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from bot.domain.question import Question
from bot.domain.statement import LINE_LIMIT
from bot.search.clusters import alike
from bot.search.understanding import Understanding
from bot.search.vectors import Vectors
from bot.storage import audit, queue
from bot.storage.database import Database
from bot.storage.queue import State, Waiting, Wish

Known = Mapping[str, Vectors | None]
_PARAPHRASES: Final = 5  # of a cluster; more would make a list that nobody reads
_MOST: Final = 2000  # wordings that are compared: the newest; what is older has waited for less than it is worth


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that ask for the same thing. `id` is the number of the oldest: it stays when others join."""

    id: int
    process: str
    wordings: tuple[str, ...]  # the most asked first
    readers: int
    newest: datetime
    numbers: tuple[int, ...]
    wishes: int  # chats that want to be told


@dataclass(frozen=True, slots=True)
class Clusters:
    """The queue as the desk sees it."""

    database: Database
    understanding: Understanding

    async def all(self) -> tuple[Cluster, ...]:
        """Return the clusters, those most readers asked for first."""
        async with self.database.read() as connection:
            waiting, wishes = await queue.waiting(connection), await queue.all_wishes(connection)
        known = await self._vectors({item.words for item in waiting})
        return await asyncio.to_thread(_clusters, waiting, wishes, known)

    async def _vectors(self, asked: Iterable[str]) -> Known:
        """Return each wording's vector, all encoded together and kept at hand."""
        words = list(asked)
        found = await asyncio.gather(*map(self.understanding.vector, words))
        return dict(zip(words, found, strict=True))

    async def read(self, number: int) -> Cluster | None:
        """Return the cluster that the question of that number is in by now, None where it is in none."""
        return next((cluster for cluster in await self.all() if number in cluster.numbers), None)

    async def dismiss(self, cluster: Cluster, reason: str, *, by: str, now: datetime) -> int:
        """Take the cluster's questions out of the queue; returns how many those were. Commits.

        Those that somebody else has settled meanwhile stay as they are.
        """
        async with self.database.write() as connection:
            settled = await queue.settle(connection, cluster.numbers, State.DISMISSED, reason)
            if settled:
                await audit.note(connection, now, by, "dismissed", f"“{cluster.wordings[0]}”: {reason}")
            return settled


def wordings(cluster: Cluster) -> list[str]:
    """Return the wordings that can be paraphrases: the most asked, and none longer than a record's line."""
    return [words for words in cluster.wordings if len(words) <= LINE_LIMIT][:_PARAPHRASES]


def with_wordings(question: Question, cluster: Cluster) -> tuple[Question, tuple[str, ...]]:
    """Return the question with the wordings that it does not have yet as paraphrases, and which those are."""
    known = {words.casefold() for words in (question.question, *question.paraphrases)}
    added = tuple(words for words in wordings(cluster) if words.casefold() not in known)
    return question.model_copy(update={"paraphrases": (*question.paraphrases, *added)}), added


def note_of(added: Sequence[str]) -> str:
    """Return the note of a change that adds readers' words."""
    return f"paraphrases from readers: {'; '.join(added)}"


def _clusters(waiting: Sequence[Waiting], wishes: Iterable[Wish], known: Known) -> tuple[Cluster, ...]:
    by_process: dict[str, list[Waiting]] = {}
    for item in waiting:
        by_process.setdefault(item.process, []).append(item)
    wished = Counter((wish.process, wish.words.casefold()) for wish in wishes)
    found = [cluster for process, items in by_process.items() for cluster in _of_process(process, items, wished, known)]
    return tuple(sorted(found, key=lambda cluster: (-cluster.readers, -cluster.newest.timestamp(), cluster.id)))


def _of_process(
    process: str, items: Sequence[Waiting], wished: Counter[tuple[str, str]], known: Known
) -> Iterable[Cluster]:
    by_words: dict[str, list[Waiting]] = {}
    for item in items:
        by_words.setdefault(item.words.casefold(), []).append(item)
    asked_in = list(by_words.values())[-_MOST:]
    texts = [same[0].words for same in asked_in]
    rows = [row for text in texts if (row := known.get(text)) is not None]
    for places in alike(texts, np.stack(rows) if len(rows) == len(texts) else None):
        together = sorted((asked_in[place] for place in places), key=len, reverse=True)
        asked = [item for same in together for item in same]
        yield Cluster(
            min(item.id for item in asked),
            process,
            tuple(same[0].words for same in together),
            len({item.reader for item in asked}),
            max(item.at for item in asked),
            tuple(item.id for item in asked),
            sum(wished[process, same[0].words.casefold()] for same in together),
        )
