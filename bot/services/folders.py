"""Folders that are written whole: beside their place first, then moved there, so that nobody finds half of one."""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.errors import FileRefused
from bot.importing.files import PROCESS_FILE

README: Final = "README.md"


def refuse_folder(target: Path, folder: Path, *, force: bool) -> None:
    """Raise FileRefused where `target`, called `folder` in messages, is not empty; with `force`, not even content."""
    if not target.parent.is_dir():
        raise FileRefused(f"{folder} cannot be written: there is no folder {folder.parent} to put it in.")
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise FileRefused(f"{folder} is a file: name a folder.")
    names = list(target.iterdir())
    if names and not force:
        raise FileRefused(f"{folder} is not empty: name another folder, or add --force to replace the content in it.")
    # --force replaces the whole folder: one slip of the hand must not move somebody's home out of the way.
    foreign = [path.name for path in names if path.name != README and not (path / PROCESS_FILE).is_file()]
    if foreign:
        raise FileRefused(f"{folder} holds {foreign[0]}, which is no content: name another folder.")


def put(written: Mapping[str, bytes], target: Path, now: datetime) -> Path | None:
    """Write the files into a folder beside `target` and move it there; returns where what stood there is now."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        for path, data in written.items():
            _write(part / path, data)
        return _move(part, target, now)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _move(part: Path, target: Path, now: datetime) -> Path | None:
    if not target.exists():
        part.rename(target)
        return None
    if not any(target.iterdir()):
        target.rmdir()
        part.rename(target)
        return None
    replaced = next(path for path in _dated(target, now) if not path.exists())
    target.rename(replaced)
    try:
        part.rename(target)
    except OSError:
        replaced.rename(target)
        raise
    return replaced


def _dated(target: Path, now: datetime) -> Iterator[Path]:
    name = f"{target.name}.replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield from (target.with_name(f"{name}{f'-{number}' if number else ''}") for number in range(1000))
