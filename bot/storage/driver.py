"""The driver: aiosqlite, with one way to its thread and back a statement.

aiosqlite goes there for a cursor, for the statement, for its rows and to close the cursor, and SQLAlchemy asks for all
four. Each time the answer waits for the event loop to come round, which under load is most of what a transaction takes.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any, Final, Self

import aiosqlite

_CHUNK: Final = 64  # rows at a time of an iteration, which nothing here uses


class Connection(aiosqlite.Connection):
    """A connection whose cursors do all they do in one go."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Prepare a connection, by the arguments of sqlite3.connect; awaiting it opens it."""
        super().__init__(lambda: sqlite3.connect(*arguments, **named), _CHUNK)
        self._thread.daemon = True

    def join(self) -> None:
        """Return when the connection's thread has ended."""
        self._thread.join()

    def cursor(self) -> Any:  # not aiosqlite's own cursor, but all that SQLAlchemy asks of one
        """Return a cursor."""
        return _Cursor(self)

    async def rollback(self) -> None:
        """Roll back, where there is anything to: SQLAlchemy asks for it after every commit too."""
        if self.in_transaction:
            await super().rollback()

    async def at_once(self, work: Callable[[sqlite3.Cursor], object]) -> "_Done":
        """Let `work` use a cursor in the connection's thread; returns what came of it."""

        def run() -> _Done:
            with closing(self._conn.cursor()) as cursor:
                work(cursor)
                rows = cursor.fetchall() if cursor.description else []
                return cursor.description, cursor.rowcount, cursor.lastrowid, rows

        done: _Done = await self._execute(run)  # type: ignore[no-untyped-call]  # aiosqlite says no types here
        return done


_Done = tuple[Any, int, int | None, list[Any]]  # description, rowcount, lastrowid, rows


class _Cursor:
    """A cursor that has done all before it returns."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection
        self._rows: list[Any] = []
        self.arraysize = 1
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        return await self._run(lambda cursor: cursor.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Self:
        return await self._run(lambda cursor: cursor.executemany(sql, parameters))

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    async def _run(self, work: Callable[[sqlite3.Cursor], object]) -> Self:
        self.description, self.rowcount, self.lastrowid, self._rows = await self._connection.at_once(work)
        return self
