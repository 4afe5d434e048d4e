"""The folder of content on disk: which files there are, and their bytes. The only place here that touches a disk."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.domain.base import SLUG
from bot.errors import NoContent
from bot.importing.entry import FileRead
from bot.importing.faults import FileFault, quoted
from bot.importing.files import FOLDERS, PROCESS_FILE, read_file, role_of, unknown_file, unread_file
from bot.importing.text import MAX_BYTES, decode

_ENDINGS: Final = {".yaml", ".yml", ".md"}
_LEADS_OUT: Final = ("a link that leads out of the folder, or nowhere", "put the file or folder itself here")
_NO_PROCESS_FILE: Final = "write it, with title, summary and as_of"


def read_folder(folder: Path) -> Iterator[FileRead]:
    """Yield what each file of a content folder, or of one process's folder, holds, in the order of the names.

    Raises NoContent where there is no such folder or no process in it. Every other trouble is a fault.
    """
    root = _resolved(folder)
    if _is_process(root):
        yield from _read_process(root, root)
        return
    names = _listed(root)
    if not any(_is_process(root / name) for name in names):
        problem = f"no process in {folder}: name a folder that holds one folder a process, each with its {PROCESS_FILE}"
        raise NoContent(problem)
    for name in names:
        if (root / name).is_dir():
            yield from _read_process(root / name, root)
        elif Path(name).suffix in _ENDINGS:
            yield _only(FileFault(name, 1, f"{quoted(name)} is in no process's folder", "move it into one"))


def _resolved(folder: Path) -> Path:
    try:
        root = folder.resolve(strict=True)
        _listed(root)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        reason = "no such folder" if isinstance(error, FileNotFoundError) else "cannot read it as a folder"
        problem = f"no content in {folder}: {reason}"
        raise NoContent(problem) from error
    return root


def _is_process(folder: Path) -> bool:
    try:
        return PROCESS_FILE in _listed(folder)
    except OSError:
        return False


def _listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not _is_ignored(path.name))


def _is_ignored(name: str) -> bool:
    return name.startswith(".") or name.endswith("~") or name == "README.md"


def _read_process(folder: Path, root: Path) -> Iterator[FileRead]:
    slug = folder.name
    if not SLUG.fullmatch(slug):
        problem = f"the folder's name {quoted(slug)} is no slug"
        yield _only(FileFault(slug, 1, problem, "rename it: use 1 to 40 of a-z, 0-9 and -"))
        return
    names = _names(folder, root, slug)
    if isinstance(names, FileFault):
        yield _only(names)
        return
    if PROCESS_FILE not in names:
        fault = FileFault(f"{slug}/{PROCESS_FILE}", 1, f"no {PROCESS_FILE} in this folder", _NO_PROCESS_FILE)
        yield unread_file(PROCESS_FILE, slug, fault)
    for name in names:
        below = _names(folder / name, root, f"{slug}/{name}") if _is_subfolder(folder / name) else None
        if below is None:
            yield _read(folder, name, root)
        elif isinstance(below, FileFault):
            yield FileRead(below.file, faults=(below,), unread=FOLDERS[name][0])
        else:
            yield from (_read(folder, f"{name}/{file}", root) for file in below)


def _is_subfolder(path: Path) -> bool:
    return path.name in FOLDERS and path.is_dir()


def _names(folder: Path, root: Path, file: str) -> list[str] | FileFault:
    if not _is_inside(folder, root):
        return FileFault(file, 1, *_LEADS_OUT)
    try:
        return _listed(folder)
    except OSError as error:
        return _unreadable(file, error)


def _read(folder: Path, name: str, root: Path) -> FileRead:
    slug = folder.name
    file = f"{slug}/{name}"
    if role_of(name, slug) is None:
        return _only(unknown_file(file, name))
    found = _bytes(folder / name, root, file)
    text = decode(file, found) if isinstance(found, bytes) else found
    return read_file(name, text, slug) if isinstance(text, str) else unread_file(name, slug, text)


def _bytes(path: Path, root: Path, file: str) -> bytes | FileFault:
    if not _is_inside(path, root):
        return FileFault(file, 1, *_LEADS_OUT)
    try:
        if not path.is_file():  # a pipe or a device would block or never end
            return FileFault(file, 1, "this is no file", "put a file of this name here")
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(file, error)


def _is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _unreadable(file: str, error: OSError) -> FileFault:
    return FileFault(file, 1, f"cannot be read: {error.strerror or 'unknown reason'}", "let Parley's user read it")


def _only(fault: FileFault) -> FileRead:
    return FileRead(fault.file, faults=(fault,))
