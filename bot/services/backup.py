"""Back up the database while the bot runs, and put a backup back: checked, all or nothing, nothing overwritten unasked.

A backup holds what the database holds, readers' pseudonyms and chats included: only its maker may read the file.
"""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Final

from bot.errors import FileRefused
from bot.storage import backup
from bot.storage.backup import Holding

_JOURNALS: Final = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database while it is open


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its size in bytes, and what it holds."""

    size: int
    holding: Holding


@dataclass(frozen=True, slots=True)
class Restored:
    """What the database holds after a restore, and where what it held before is kept, if it held anything."""

    database: Path
    holding: Holding
    kept: Path | None


async def back_up(url: str, target: Path, *, force: bool = False) -> Backup:
    """Copy the database at `url` into the file `target`, which appears when the copy is checked and on the disk.

    Other processes may write meanwhile. Raises SettingsError where the database is not SQLite's, FileRefused where the
    target is there and not to be replaced, and what `storage.backup.copy` raises.
    """
    return await asyncio.to_thread(_back_up, backup.file_of(url), target, force=force)


async def restore(url: str, file: Path, *, force: bool = False, now: datetime) -> Restored:
    """Make the database at `url` what the backup in `file` holds; what it held is kept beside it, dated `now`.

    Raises BackupRefused where the backup fails a check, NewerDatabase where a newer Parley wrote it, StorageBusy where
    another process has the database open, and FileRefused where the database holds anything and `force` is not given.
    """
    return await asyncio.to_thread(_restore, backup.file_of(url), file, force=force, now=now)


def _back_up(database: Path, target: Path, *, force: bool) -> Backup:
    _refuse_target(database, target, force=force)
    with _part_of(target) as part:
        holding = backup.copy(database, part)
        _place(part, target, force=force)
    return Backup(target.stat().st_size, holding)


def _refuse_target(database: Path, target: Path, *, force: bool) -> None:
    own = {database.resolve(), *(path.resolve() for path in _beside(database))}
    if target.resolve() in own:
        raise FileRefused(f"{target} is the database itself: name another file.")
    if target.is_dir():
        raise FileRefused(f"{target} is a folder: name a file in it.")
    if os.path.lexists(target) and not force:
        raise FileRefused(f"{target} is there already: name another file, or add --force to replace it.")
    if any(path.exists() for path in _beside(target)):
        raise FileRefused(f"{target} has a journal beside it, so it is a database in use: name another file.")


def _restore(database: Path, file: Path, *, force: bool, now: datetime) -> Restored:
    if file.resolve() == database.resolve():
        raise FileRefused(f"{file} is the database itself: name a backup.")
    backup.inspect(file)
    kept: Path | None = None
    if database.exists() and not backup.readable(database):
        _refuse_unless(database, force=force)
        kept = _set_aside(database, _dated(database, now))
    with backup.held(database) as connection:
        if backup.holds_anything(connection):
            _refuse_unless(database, force=force)
            kept = _keep(connection, _dated(database, now))
        backup.replace(connection, file)
    _sync(database.absolute().parent)
    return Restored(database, backup.inspect(database), kept)


def _refuse_unless(database: Path, *, force: bool) -> None:
    if not force:
        raise FileRefused(f"The database {database} holds something: add --force to replace it; it is kept beside.")


def _dated(database: Path, now: datetime) -> Path:
    """Return a name beside the database that nothing has yet."""
    name = f"{database.name}.replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (database.with_name(f"{name}{f'-{number}' if number else ''}") for number in range(1000))
    return next(path for path in names if not os.path.lexists(path))


def _set_aside(database: Path, kept: Path) -> Path:
    """Give a file that is no database, and what lies beside it, other names: SQLite could not copy it."""
    for ending in ("", *_JOURNALS):
        path = database.with_name(database.name + ending)
        if path.exists():
            path.rename(kept.with_name(kept.name + ending))
    return kept


def _keep(connection: Connection, kept: Path) -> Path:
    with _part_of(kept) as part:
        backup.keep(connection, part)
        _place(part, kept, force=False)
    return kept


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """Give an empty file beside `target` to write to, that only its owner may read; gone on the way out."""
    folder = target.absolute().parent
    try:
        number, name = tempfile.mkstemp(dir=folder, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise FileRefused(f"{target} cannot be written: {error.strerror or error}.") from error
    os.close(number)
    part = Path(name)
    try:
        yield part
    finally:
        for path in (part, *_beside(part)):
            path.unlink(missing_ok=True)


def _place(part: Path, target: Path, *, force: bool) -> None:
    """Give a finished file its name, once its bytes are on the disk."""
    try:
        _sync(part)
        if force:
            part.replace(target)
        else:
            _rename_new(part, target)
        _sync(target.absolute().parent)
    except OSError as error:
        raise FileRefused(f"{target} cannot be written: {error.strerror or error}.") from error


def _rename_new(part: Path, target: Path) -> None:
    """Rename, but never over a file that has come to be there meanwhile: linking refuses where renaming replaces."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise
        part.rename(target)


def _sync(path: Path) -> None:
    """Return when what was written to a file, or the names in a folder, is on the disk."""
    if os.name == "nt" and path.is_dir():  # Windows has no such thing for folders
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _beside(file: Path) -> tuple[Path, ...]:
    return tuple(file.with_name(file.name + ending) for ending in _JOURNALS)
