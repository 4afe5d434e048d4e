"""Weekly: once a week the desk's chat is owed the list of what is due to be checked again."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.due import due
from bot.errors import StorageError
from bot.storage import outbox, weekly
from bot.storage.database import Database

_LINE: Final = "/stale"
_HOUR: Final = 7  # UTC, on Mondays: the list is there when the desk's week begins
_LOOK: Final = 60.0  # seconds
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Weekly:
    """The desk's weekly list, for its `chat`."""

    database: Database
    chat: int
    locale: str

    async def run(self, catalogue: Catalogue, clock: Callable[[], datetime], then: Callable[[], None]) -> None:
        """Owe each week's list until cancelled, and do `then`. What fails is logged and tried again."""
        while True:
            try:
                if due(catalogue.current, clock().date()) and await self.owe(clock()):
                    then()
            except StorageError as error:
                _LOG.warning("The desk's weekly list could not be owed; trying again: %s", error)
            await asyncio.sleep(_LOOK)

    async def owe(self, now: datetime) -> bool:
        """Owe this week's list, where its day has come and nobody has owed it yet; returns whether it is owed now.

        Commits. The week is noted in the same transaction, so that it is once whatever is killed, and by how many
        processes.
        """
        monday = now.date() - timedelta(days=now.weekday())
        if now < datetime.combine(monday, time(_HOUR), now.tzinfo):
            return False
        year, week, _ = now.isocalendar()
        async with self.database.write() as connection:
            if not await weekly.begin(connection, f"{year}-W{week:02}"):
                return False
            await outbox.owe(connection, self.chat, self.locale, _LINE, now=now, rank=outbox.Rank.NEWS)
            return True
