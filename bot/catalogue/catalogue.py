"""The catalogue: holds the newest snapshot and replaces it when something is published, by whichever process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from bot.catalogue.snapshot import Snapshot, snapshot_of
from bot.errors import StorageError
from bot.storage import records
from bot.storage.database import Database

_LOG: Final = logging.getLogger(__name__)
POLL_SECONDS: Final = 1.0


class Catalogue:
    """All that is published now. A command takes `current` once and answers from it."""

    def __init__(self, database: Database, first: Snapshot) -> None:
        """Hold `first` until something newer is published; use `open` to load it."""
        self._database: Final = database
        self._current = first
        self._reloading: Final = asyncio.Lock()

    @classmethod
    async def open(cls, database: Database) -> "Catalogue":
        """Return a catalogue with what is published now; raises StorageError where it cannot be read."""
        return cls(database, await _load(database))

    @property
    def current(self) -> Snapshot:
        """Return the newest snapshot."""
        return self._current

    async def refresh(self) -> bool:
        """Replace the snapshot if something newer is published; returns whether it was."""
        async with self._reloading:
            async with self._database.read() as connection:
                newest = await records.publication_number(connection)
            if newest == self._current.number:
                return False
            self._current = await _load(self._database)
            return True

    async def as_known(self, by: datetime) -> Snapshot:
        """Return the snapshot of what had been recorded before that instant; empty where nothing had."""
        async with self._database.read() as connection:
            found = await records.current(connection, known_by=by)
        return await asyncio.to_thread(snapshot_of, 0, found)

    async def watch(self, then: Callable[[], Awaitable[None]]) -> None:
        """Look for newer publications each second until cancelled, and do `then` after each.

        A failing look is logged and tried again.
        """
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                if await self.refresh():
                    _LOG.info("Publication %d is in service.", self._current.number)
                    await then()
            except StorageError as error:
                _LOG.warning("Could not look for new publications: %s", error)


async def _load(database: Database) -> Snapshot:
    async with database.read() as connection:
        number = await records.publication_number(connection)
        found = await records.current(connection)
    # Off the event loop: building the index of a large catalogue takes long enough to keep readers waiting.
    return await asyncio.to_thread(snapshot_of, number, found)
