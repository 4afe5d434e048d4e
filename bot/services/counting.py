"""Counting: how many questions came to which end, a number a day and nothing of who asked."""

import asyncio
import logging
from collections import Counter
from datetime import date
from enum import StrEnum
from typing import Final

from bot.errors import StorageError
from bot.storage import counts
from bot.storage.database import Database

_LOG: Final = logging.getLogger(__name__)
_SECONDS: Final = 1.0  # between two writings; a kill loses no more


class Counted(StrEnum):
    """What is counted."""

    ANSWERED = "answered"
    OFFERED = "offered"
    REFUSED = "refused"
    NONE_OF_THESE = "none of these"


class Counting:
    """Counts in memory and writes the sums beside the answering: no reader waits for a statistic."""

    def __init__(self, database: Database) -> None:
        """Begin with nothing to write."""
        self._database: Final = database
        self._sums = Counter[tuple[date, str]]()

    def note(self, what: Counted, day: date) -> None:
        """Count one more."""
        self._sums[day, what.value] += 1

    async def run(self) -> None:
        """Write the sums each second until cancelled."""
        while True:
            await asyncio.sleep(_SECONDS)
            await self.write()

    async def write(self) -> None:
        """Write what has been counted. Commits; a failure is logged and the sums stay for the next time."""
        sums, self._sums = self._sums, Counter()
        if not sums:
            return
        try:
            async with self._database.write() as connection:
                await counts.add(connection, sums)
        except StorageError as error:
            _LOG.warning("Counts could not be written; trying again: %s", error)
            self._sums.update(sums)
