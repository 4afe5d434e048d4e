"""The queue: what readers could not find is kept for the desk, and they are told when there is an answer."""

import logging
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.errors import StorageError
from bot.services.pseudonym import Pseudonyms
from bot.storage import queue
from bot.storage.database import Database
from bot.storage.queue import Missed, State, Wish

_LOG: Final = logging.getLogger(__name__)


class Kept(StrEnum):
    """Whether the desk gets a question."""

    KEPT = "kept"
    TOO_MANY = "too many"  # its reader has asked as much today as is kept of one
    NOT_SAVED = "not saved"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What has become of a question that found no answer; the number is 0 where it was not kept."""

    kept: Kept
    number: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """Questions are kept through the journal, like the ledger's entries, and under their reader's pseudonym only."""

    database: Database
    pseudonyms: Pseudonyms

    async def missed(self, reader: int, process: str, words: str, state: State, now: datetime) -> Receipt:
        """Keep the question, durable when this returns. A failure is logged and told to the reader, never raised."""
        asked = Missed(now, self.pseudonyms.of(reader), process, words, state)
        try:
            number = await self.database.journal.write(queue.add, asked)
        except StorageError as error:
            _LOG.error("A question could not be kept for the desk: %s", error)
            return Receipt(Kept.NOT_SAVED)
        return Receipt(Kept.TOO_MANY) if number is None else Receipt(Kept.KEPT, number)

    async def none_of_these(self, number: int, reader: int) -> Missed | None:
        """Put the question into the queue; returns it as it was, None where it is not the reader's. Commits."""
        async with self.database.write() as connection:
            return await queue.open_again(connection, number, self.pseudonyms.of(reader))

    async def wish(self, number: int, reader: int, chat: int, locale: str, now: datetime) -> Wish | Kept | None:
        """Keep the chat's wish to hear of an answer to the reader's question; returns it. Commits.

        TOO_MANY where the chat waits for as many as it may; None where the reader has asked no such question.
        """
        async with self.database.write() as connection:
            asked = await queue.of_reader(connection, number, self.pseudonyms.of(reader))
            if asked is None:
                return None
            wish = await queue.add_wish(connection, chat, locale, asked, now)
            return Kept.TOO_MANY if wish is None else Wish(wish, chat, locale, asked.process, asked.words, now)

    async def wishes(self, chat: int) -> tuple[Wish, ...]:
        """Return what the chat waits for."""
        async with self.database.read() as connection:
            return await queue.wishes_of(connection, chat)

    async def end_wish(self, number: int, chat: int) -> Wish | None:
        """End the chat's wish; returns it, None where there is no such wish of the chat. Commits."""
        async with self.database.write() as connection:
            return await queue.end_wish(connection, number, chat)
