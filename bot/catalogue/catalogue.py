"""The catalogue: holds the newest snapshot and replaces it when something is published, by whichever process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from bot.catalogue.embeddings import Embeddings, Progress
from bot.catalogue.snapshot import Snapshot, snapshot_of
from bot.domain.revision import RevisionRef
from bot.errors import StorageError
from bot.storage import records
from bot.storage.database import Database

_LOG: Final = logging.getLogger(__name__)
POLL_SECONDS: Final = 1.0
_SOON: Final = 64  # texts that a publication waits for: a second or so
_PASTS: Final = 16  # snapshots of earlier days kept at hand


class Catalogue:
    """All that is published now. A command takes `current` once and answers from it."""

    def __init__(self, database: Database, embeddings: Embeddings, first: Snapshot) -> None:
        """Hold `first` until something newer is published; use `open` to load it."""
        self._database: Final = database
        self._embeddings: Final = embeddings
        self._current = first
        self._reloading: Final = asyncio.Lock()
        self._learning: Final = asyncio.Lock()
        self._past: Final = dict[tuple[int, datetime], Snapshot]()
        self._told: Final = dict[tuple[int, frozenset[RevisionRef]], Snapshot]()

    @classmethod
    async def open(cls, database: Database) -> "Catalogue":
        """Return a catalogue with what is published now; raises StorageError where it cannot be read.

        Texts that no embedding is kept of are not waited for: until `understand` they are searched by words alone.
        """
        embeddings = Embeddings(database)
        await embeddings.read()
        return cls(database, embeddings, await _load(database, embeddings))

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
            self._current = await _load(self._database, self._embeddings)
        if 0 < len(self._embeddings.missing) <= _SOON:
            await self.understand()
        return True

    async def understand(self, progress: Progress | None = None) -> None:
        """Encode what no embedding is kept of, keep it, and search by meaning from then on.

        Commits. A whole catalogue takes minutes; where there is no model nothing changes.
        """
        async with self._learning:
            if not self._embeddings.missing or not await self._embeddings.complete(progress):
                return
        async with self._reloading:
            self._current = await _load(self._database, self._embeddings)

    async def learn(self) -> None:
        """Do so again and again, until cancelled; a failure is logged and tried again."""
        while True:
            try:
                await self.understand()
            except StorageError as error:
                _LOG.warning("Embeddings could not be kept; trying again: %s", error)
            await asyncio.sleep(POLL_SECONDS)

    async def as_known(self, by: datetime) -> Snapshot:
        """Return the snapshot of what had been recorded before that instant; empty where nothing had.

        It cannot be searched. The last few are kept: the past changes only with a publication.
        """
        key = (self._current.number, by)
        if key not in self._past:
            async with self._database.read() as connection:
                found = await records.current(connection, known_by=by)
            while len(self._past) >= _PASTS:
                self._past.pop(next(iter(self._past)))
            self._past[key] = await asyncio.to_thread(snapshot_of, 0, found, searchable=False)
        return self._past[key]

    async def as_told(self, told: frozenset[RevisionRef]) -> Snapshot:
        """Return what is published now, but for the records of these revisions, which are as they were told.

        It cannot be searched. The last few are kept.
        """
        key = (self._current.number, told)
        if key not in self._told:
            current = self._current
            async with self._database.read() as connection:
                found = await records.read(connection, told)
            by_record = {rev.ref.record: rev for rev in current.published} | {rev.ref.record: rev for rev in found}
            while len(self._told) >= _PASTS:
                self._told.pop(next(iter(self._told)))
            self._told[key] = await asyncio.to_thread(snapshot_of, 0, by_record.values(), searchable=False)
        return self._told[key]

    async def watch(self, then: Callable[[], Awaitable[None]]) -> None:
        """Look for newer publications each second until cancelled, and do `then` after each.

        A failing look is logged and tried again.
        """
        seen = self._current.number
        await asyncio.to_thread(self._current.warm_up)
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                await self.refresh()
                if self._current.number != seen:  # also where somebody else here has refreshed it meanwhile
                    seen = self._current.number
                    _LOG.info("Publication %d is in service.", seen)
                    await asyncio.to_thread(self._current.warm_up)
                    await then()
            except StorageError as error:
                _LOG.warning("Could not look for new publications: %s", error)
            except Exception:  # noqa: BLE001 - logged; see below
                # Stopping here would leave readers with old answers for ever, and nobody would know.
                _LOG.exception("A new publication could not be put into service; trying again.")


async def _load(database: Database, embeddings: Embeddings) -> Snapshot:
    async with database.read() as connection:
        number = await records.publication_number(connection)
        found = await records.current(connection)
    # Off the event loop: building the index of a large catalogue takes long enough to keep readers waiting.
    return await asyncio.to_thread(snapshot_of, number, found, embed=embeddings.of)
