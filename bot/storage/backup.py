"""Copies of an SQLite database: made while others write, checked, and put back into a file that nobody else holds.

All of it is plain SQLite, on connections of its own that end here: the house's connections belong to an event loop and
know one database. Everything here waits for the disk; call it from a thread.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from bot.errors import BackupRefused, NewerDatabase, SettingsError, StorageBusy, StorageError
from bot.storage import migrate
from bot.storage.database import BUSY_TIMEOUT

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_OURS: Final = {"alembic_version", "publications", "records", "revisions"}  # in every version since the first


@dataclass(frozen=True, slots=True)
class Holding:
    """What a database holds: its schema version, the newest publication, and how many records and revisions."""

    version: str
    newest: bool  # whether that is today's version; an older one is brought up at the next start
    publication: int
    records: int
    revisions: int


def file_of(url: str) -> Path:
    """Return the file of the SQLite database at `url`.

    Raises SettingsError where it is at another kind of database, or in no file.
    """
    try:
        parsed = make_url(url)
        name = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise SettingsError(
            "PARLEY_DATABASE_URL is no address of a database: write it like sqlite+aiosqlite:///parley.db"
        ) from error
    if name != "sqlite":
        raise SettingsError(
            f"PARLEY_DATABASE_URL names a {name} database: back it up and restore it with that database's own tools."
        )
    file = parsed.database or ""
    if "uri" in parsed.query:
        file = file.removeprefix("file:").partition("?")[0]
    if file in {"", ":memory:"}:
        raise SettingsError("PARLEY_DATABASE_URL must name a file: write it like sqlite+aiosqlite:///parley.db")
    return Path(file)


def copy(source: Path, target: Path) -> Holding:
    """Copy the database `source` into `target`, a file that is empty or not there; returns what the copy holds.

    One read transaction: all that was committed before it is in the copy, and writers go on meanwhile. Erased rows do
    not come along. Raises StorageError where the one cannot be read or the other written, BackupRefused where the
    source is not Parley's or the copy fails a check, NewerDatabase where a newer Parley wrote it.
    """
    with _translated(source), closing(_connect(source, "rw")) as connection:
        before = _holding(connection, source)
        connection.execute("VACUUM INTO ?", (str(target),))
    holding = inspect(target)
    if holding.publication < before.publication or holding.revisions < before.revisions:
        raise BackupRefused(f"The copy of {source} lacks what was published before it was made: try again.")
    return holding


def inspect(file: Path) -> Holding:
    """Return what the database in `file` holds after checking every page and every link; changes nothing.

    Raises BackupRefused where it is damaged, no database, or not Parley's, NewerDatabase where a newer Parley wrote it.
    """
    with _translated(file), closing(_connect(file, _reading(file))) as connection:
        return _checked(connection, file)


def readable(file: Path) -> bool:
    """Return whether SQLite takes `file` for a database at all; raises StorageError where it cannot be opened."""
    try:
        with _translated(file), closing(_connect(file, "rw")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BackupRefused:
        return False
    return True


@contextmanager
def held(file: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to the database in `file`, made if it is not there, while no other process has it open.

    Raises StorageBusy where another process has it open.
    """
    with _translated(file), closing(_connect(file, "rwc", timeout=0)) as connection:
        # Leaving WAL needs the file to oneself, even from processes that have it open and are idle; and the lock stays.
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise StorageBusy(f"Another process has the database {file} open: stop it first.") from error
        connection.execute("PRAGMA synchronous = FULL")
        yield connection


def holds_anything(connection: sqlite3.Connection) -> bool:
    """Return whether any table but that of the schema's version has a row, whoever made it; one that is damaged has."""
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in names.fetchall() if name != "alembic_version" and not name.startswith("sqlite_")]
        return any(_has_rows(connection, table) for table in tables)
    except sqlite3.DatabaseError:
        return True


def keep(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the held database page by page into `target`, sound or not."""
    with _translated(target), closing(_connect(target, "rwc")) as kept:
        connection.backup(kept)


def replace(connection: sqlite3.Connection, source: Path) -> Holding:
    """Make the held database what `source` holds, in one transaction; returns what that is.

    Killed at any instant, the database is what it was or what it is to be.
    """
    with closing(_connect(source, _reading(source))) as origin:
        origin.backup(connection)
    return _checked(connection, source)


def _connect(file: Path, mode: str, timeout: float = BUSY_TIMEOUT) -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=timeout)


def _reading(file: Path) -> str:
    """Return how to open a file only to read it; one without a journal beside it may lie where nothing can be made."""
    journals = [file.with_name(file.name + ending) for ending in ("-wal", "-journal")]
    return "ro" if any(path.exists() for path in journals) else "ro&immutable=1"


def _checked(connection: sqlite3.Connection, file: Path) -> Holding:
    holding = _holding(connection, file)
    faults = [row[0] for row in connection.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
    if faults:
        raise _damaged(file)
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupRefused(f"{file} holds links that lead nowhere, so it is damaged: name another backup.")
    return holding


def _holding(connection: sqlite3.Connection, file: Path) -> Holding:
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if names >= _OURS else None
    if row is None:
        raise BackupRefused(f"{file} is no database of Parley's{'' if names else ': it holds nothing'}.")
    version = str(row[0])
    if version not in _known_versions():
        raise NewerDatabase(
            f"The database {file} was written by a newer Parley (version {version}, this one knows up to "
            f"{migrate.HEAD}): upgrade Parley first."
        )
    publication = connection.execute("SELECT coalesce(max(number), 0) FROM publications").fetchone()[0]
    counts = [_count(connection, table) for table in ("records", "revisions")]
    return Holding(version, version == migrate.HEAD, publication, *counts)


def _known_versions() -> set[str]:
    # Imported here: only backups need it, and it takes a tenth of a second.
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _has_rows(connection: sqlite3.Connection, table: str) -> bool:
    name = table.replace('"', '""')
    return bool(connection.execute(f'SELECT EXISTS (SELECT 1 FROM "{name}")').fetchone()[0])  # noqa: S608 - quoted


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - a name of ours


@contextmanager
def _translated(file: Path) -> Iterator[None]:
    """Turn SQLite's errors about `file` into ours, with one line that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, file) from error


def _ours(error: sqlite3.Error, file: Path) -> StorageError | BackupRefused:
    cause = str(error)
    if "locked" in cause or "busy" in cause:
        return StorageBusy(f"The database {file} is held by another process: stop it, or try again.")
    if "not a database" in cause or "malformed" in cause:
        return _damaged(file)
    if "unable to open" in cause:
        return StorageError(f"The file {file} cannot be opened: check that it exists and that you may read it.")
    if "full" in cause:
        return StorageError("The disk is full: make room.")
    return StorageError(f"The database {file} failed: {cause}")


def _damaged(file: Path) -> BackupRefused:
    return BackupRefused(f"{file} is no database, or it is damaged: name another backup.")
