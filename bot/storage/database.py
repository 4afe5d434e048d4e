"""The database: one writer, several readers, opened once and closed on the way out."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import SettingsError, StorageBusy, StorageError
from bot.storage import driver
from bot.storage.journal import Journal

BUSY_TIMEOUT: Final = 5.0  # seconds a writer waits for another process
_READERS: Final = 4
_PAUSE: Final = 0.01  # seconds between two tries at what SQLite itself does not wait for
_PRAGMAS: Final = (
    f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT * 1000)}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


# What a transaction is to the layers above, which know no SQL: something to hand on to storage.
Connection = AsyncConnection


class Database:
    """Connections to one database. All writing goes through `write`, one transaction at a time."""

    def __init__(self, url: str) -> None:
        """Prepare engines for `url`; raises SettingsError where it is no address of a database that we can use."""
        self.url: Final = _checked(url)
        self._writer: Final = _engine(self.url, "BEGIN IMMEDIATE", 1)
        self._readers: Final = _engine(self.url, "BEGIN", _READERS)
        self._turn: Final = asyncio.Lock()
        # What is written for every answer goes through here, so that all chats answered at one instant share a commit.
        self.journal: Final = Journal(self.write)

    @property
    def name(self) -> str:
        """Return what to call the database in messages: its file, or its address without the password."""
        return self.url.database or self.url.render_as_string()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give the write connection in a transaction of its own; commits at the end, rolls back on any error."""
        async with self._turn:
            with translated(self):
                async with self._writer.begin() as connection:
                    yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees one consistent state; what is written through it is rolled back."""
        with translated(self):
            async with self._readers.connect() as connection:
                yield connection

    async def close(self) -> None:
        """Write what the journal holds, close every connection: an open one would keep the interpreter from ending."""
        await self.journal.close()
        await self._writer.dispose()
        await self._readers.dispose()


class translated:  # noqa: N801 - used like contextlib's own managers
    """Turn a driver's error into ours, with one line that says what to do."""

    def __init__(self, database: Database) -> None:
        """Keep the database whose name the message carries."""
        self._database = database

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Raise our error for the driver's."""
        if isinstance(error, (DBAPIError, PoolTimeout, sqlite3.Error)):
            raise _ours(error, self._database.name) from error


def _ours(error: Exception, name: str) -> StorageError:
    cause = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if "locked" in cause or "busy" in cause:
        return StorageBusy(
            f"The database {name} is held by another process for more than {BUSY_TIMEOUT:.0f} s: stop it, or try again."
        )
    if "unable to open" in cause:
        return StorageError(
            f"The database {name} cannot be opened: check that its folder exists and that you may write there "
            "(PARLEY_DATABASE_URL)."
        )
    if "readonly" in cause:
        return StorageError(f"The database {name} cannot be written: check its permissions and those of its folder.")
    if "not a database" in cause or "malformed" in cause:
        return StorageError(f"{name} is no database of Parley's, or it is damaged: name another or restore a backup.")
    if "full" in cause:
        return StorageError(f"The disk that holds the database {name} is full: make room.")
    return StorageError(f"The database {name} failed: {cause}")


def _checked(text: str) -> URL:
    remedy = "write PARLEY_DATABASE_URL like sqlite+aiosqlite:///parley.db"
    try:
        url = make_url(text)
        dialect = url.get_dialect()
        dialect.import_dbapi()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise SettingsError(f"PARLEY_DATABASE_URL is no address of a database: {remedy}") from error
    except ImportError as error:
        raise SettingsError(f"PARLEY_DATABASE_URL names a driver that is not installed: {remedy}") from error
    if not getattr(dialect, "is_async", False):
        raise SettingsError(f"PARLEY_DATABASE_URL names a driver that cannot work asynchronously: {remedy}")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise SettingsError(f"PARLEY_DATABASE_URL must name a file, since several connections share it: {remedy}")
    return url


def _engine(url: URL, begin: str, size: int) -> AsyncEngine:
    sqlite = url.get_backend_name() == "sqlite"
    arguments = {"async_creator_fn": _open} if sqlite else {}
    engine = create_async_engine(url, pool_size=size, max_overflow=0, connect_args=arguments)
    if sqlite:

        @event.listens_for(engine.sync_engine, "connect")
        def _prepare(connection: Any, _: object) -> None:  # the driver's own connection has no public type
            connection.isolation_level = None  # the driver must not begin transactions by itself
            connection.run_async(_set_up)

        @event.listens_for(engine.sync_engine, "begin")
        def _begin(connection: SyncConnection) -> None:
            connection.exec_driver_sql(begin)

    return engine


async def _open(*arguments: Any, **named: Any) -> driver.Connection:
    """Open a connection. Where that fails, its thread still has a word for the event loop: wait until it has said it.

    Otherwise the loop may be closed by then, and the thread's traceback stands beside our one clear line.
    """
    connection = driver.Connection(*arguments, **named)
    try:
        await connection
    except sqlite3.Error:
        await asyncio.to_thread(connection.join)
        raise
    return connection


async def _set_up(connection: Any) -> None:
    """Set the pragmas. SQLite waits for nobody who changes a new file to WAL at the same instant, so we do."""
    clock = asyncio.get_running_loop().time
    give_up = clock() + BUSY_TIMEOUT
    for pragma in _PRAGMAS:
        while True:
            try:
                await connection.execute_fetchall(pragma)
                break
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or clock() > give_up:
                    raise
                await asyncio.sleep(_PAUSE)
