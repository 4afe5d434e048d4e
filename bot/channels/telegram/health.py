"""Health: a page that says whether the bot could take an update in now, and the listener that serves it."""

import asyncio
import errno
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import SettingsError, StorageError
from bot.services.inbox import Inbox
from bot.storage import inbox as storage
from bot.storage.database import Database
from bot.storage.inbox import Batch, Taken

_LOG: Final = logging.getLogger(__name__)
_PATH: Final = "/healthz"
_EVERY: Final = timedelta(seconds=5)  # however often the page is asked for
_PATIENCE: Final = 2.0  # seconds; whoever asks for the page gives up soon after
_LARGEST: Final = 1024 * 1024  # bytes of a request's body
_LET_FINISH: Final = 1.0  # seconds for requests under way when the listener closes
_NO_UPDATE: Final = -1  # Telegram's numbers are positive
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)

_SERVER_LOG: Final = logging.getLogger(f"{__name__}.server")
_REMEDY: Final = "free it, or set PARLEY_WEBHOOK_LISTEN to another host:port of this machine."

Owed = Callable[[], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a check found; without a number of waiting updates the storage did not work."""

    at: datetime
    inbox: int | None = None
    owed: int | None = None


class Health:
    """Checks the storage when asked, at most every few seconds."""

    def __init__(
        self, database: Database, inbox: Inbox, clock: Callable[[], datetime], owed: Owed | None = None
    ) -> None:
        """Check `database` and count what waits in `inbox`; `owed` returns how many messages are owed."""
        self._database: Final = database
        self._inbox: Final = inbox
        self._clock: Final = clock
        self._owed: Final = owed
        self._heard: datetime | None = None
        self._check: asyncio.Task[_Found] | None = None

    def heard(self, now: datetime) -> None:
        """Note that updates were taken in."""
        self._heard = now

    def routes(self) -> list[web.RouteDef]:
        """Return what to serve."""
        return [web.get(_PATH, self._page)]

    async def close(self) -> None:
        """End a check under way."""
        if self._check:
            self._check.cancel()
            await asyncio.wait([self._check])

    async def _page(self, _: web.Request) -> web.Response:
        found = await self._found()
        writable = found is not None and found.inbox is not None
        page = {
            "ok": writable,
            "storage": "writable" if writable else "error",
            "last_update_age": self._age(),
            "inbox": found and found.inbox,
            "owed": found and found.owed,
        }
        return web.json_response(page, status=200 if writable else 503, headers={"Cache-Control": "no-store"})

    def _age(self) -> int | None:
        """Return how many whole seconds ago the last updates came; None where none has since the start."""
        return None if self._heard is None else max(0, int((self._clock() - self._heard).total_seconds()))

    async def _found(self) -> _Found | None:
        """Return what the newest check found; None where it takes too long, and then it goes on meanwhile."""
        if self._check is None or self._outdated(self._check):
            self._check = asyncio.create_task(self._look(self._clock()))
        await asyncio.wait([self._check], timeout=_PATIENCE)
        return self._check.result() if self._check.done() else None

    def _outdated(self, check: asyncio.Task[_Found]) -> bool:
        return check.done() and (check.exception() is not None or abs(self._clock() - check.result().at) >= _EVERY)

    async def _look(self, now: datetime) -> _Found:
        try:
            await _write_something(self._database)
            return _Found(now, len(await self._inbox.waiting()), await self._owed() if self._owed else None)
        except StorageError as error:
            _LOG.error("The storage does not work: %s", error)
            return _Found(now)


async def _write_something(database: Database) -> None:
    """Write a row where updates are taken in and take it out again, in one transaction; raises StorageError.

    It leaves nothing, yet its pages go to the disk: a lock alone would not notice a full one.
    """
    async with database.write() as connection:
        await storage.add(connection, [Batch([Taken(_NO_UPDATE, "")], _LONG_AGO)])
        await storage.empty(connection, [_NO_UPDATE])
        await storage.purge(connection, _LONG_AGO + timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Listener:
    """An HTTP server for the routes given; without an address it does nothing."""

    def __init__(self, address: Address | None, routes: Iterable[web.RouteDef]) -> None:
        """Prepare; nothing listens before `open`."""
        self._address: Final = address
        self._routes: Final = routes
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Listen; raises SettingsError with one line where that cannot be done."""
        if self._address is None:
            return
        application = web.Application(client_max_size=_LARGEST)
        application.add_routes(self._routes)
        self._runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=_LET_FINISH, logger=_SERVER_LOG, handle_signals=False
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._address.host, self._address.port).start()
        except (OSError, UnicodeError) as error:
            await self.close()
            raise SettingsError(f"Nothing can listen on {self._address} ({_cause(error)}): {_REMEDY}") from None
        _LOG.info("Listening on %s.", self._address)

    async def close(self) -> None:
        """Accept nothing more and let what is under way finish. Closing twice is closing once."""
        runner, self._runner = self._runner, None
        if runner:
            await runner.cleanup()


def _is_ours(record: logging.LogRecord) -> bool:
    """Return whether an entry tells of a fault of ours; aiohttp writes one too for what is no HTTP, or hung up."""
    return not (record.exc_info and isinstance(record.exc_info[1], (HttpProcessingError, ConnectionError)))


_SERVER_LOG.addFilter(_is_ours)


def _cause(error: Exception) -> str:
    """Return why nothing can listen, in the system's words but without its repetition of the address."""
    if isinstance(error, socket.gaierror):
        return "no such host here"
    if isinstance(error, OSError) and error.errno and error.errno in errno.errorcode:
        return os.strerror(error.errno).lower()
    return "no address"
