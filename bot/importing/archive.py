"""A zip of a process's folder -> its files, and nothing that a zip can do besides: no way out, nothing explodes."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from stat import S_ISLNK
from typing import Final

from bot.domain.base import SLUG
from bot.importing.faults import FileFault, quoted
from bot.importing.text import MAX_BYTES

ENDING: Final = ".zip"
_MOST: Final = 500  # files
_MOST_BYTES: Final = 8 * MAX_BYTES  # of all files, unpacked
_IGNORED: Final = {"__MACOSX", "README.md"}
_DEEPEST: Final = 3  # process/questions/file.md
# All that zipfile raises for what is no zip, a damaged one, one with a password, or one packed in a way that it cannot.
_UNREADABLE: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error),
    *(NotImplementedError, OSError, RuntimeError, ValueError, EOFError),
)


def unpacked(name: str, data: bytes) -> dict[tuple[str, str], bytes] | FileFault:
    """Return the bytes of each file by its process and its place in the process's folder, or why nothing is taken.

    A zip of what is inside a process's folder goes by the zip's own name. Nothing is written to any disk.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(name, archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        EOFError,
        zlib.error,
    ):
        return FileFault(name, 1, "the zip cannot be read", "make it anew, without a password")


def _read(name: str, archive: zipfile.ZipFile) -> dict[tuple[str, str], bytes] | FileFault:
    entries = list(_entries(archive))
    if len(entries) > _MOST:
        return FileFault(name, 1, f"the zip holds {len(entries)} files", f"send at most {_MOST} at once")
    found: dict[tuple[str, str], bytes] = {}
    left = _MOST_BYTES
    for entry in entries:
        place = _place(name, entry)
        if isinstance(place, FileFault):
            return place
        if place in found:
            return FileFault(name, 1, f"{quoted(entry.filename)} stands in the zip twice", "keep one of them")
        # Read no further than allowed: what the zip says of a file's size need not be true.
        with archive.open(entry) as stream:
            content = stream.read(min(MAX_BYTES, left) + 1)
        left -= len(content)
        if len(content) > MAX_BYTES or left < 0:
            return FileFault(name, 1, f"{quoted(entry.filename)} is too large unpacked", "split it")
        found[place] = content
    return found or FileFault(name, 1, "the zip holds no files", "zip a process's folder")


def _entries(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    for entry in archive.infolist():
        parts = PurePosixPath(entry.filename).parts
        hidden = any(part in _IGNORED or (part.startswith(".") and part != "..") for part in parts)
        if not (entry.is_dir() or hidden):
            yield entry


def _place(name: str, entry: zipfile.ZipInfo) -> tuple[str, str] | FileFault:
    """Return the process and the place in its folder that the entry stands for."""
    path = PurePosixPath(entry.filename)
    leads_out = path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename
    if leads_out or S_ISLNK(entry.external_attr >> 16):
        return FileFault(
            name, 1, f"{quoted(entry.filename)} leads out of the zip", "zip a process's folder, files only"
        )
    process, *rest = path.parts
    if len(path.parts) == 1 or path.parts[0] in {"questions", "agreements"}:
        process, rest = PurePosixPath(name).stem, list(path.parts)
    if not SLUG.fullmatch(process) or len(rest) >= _DEEPEST:
        problem = f"{quoted(entry.filename)} is in no process's folder"
        return FileFault(name, 1, problem, "zip the folder whose name is the process's slug")
    return process, "/".join(rest)
