"""Which files hold which records, and what stands in each."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.base import Kind
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Filed, Record
from bot.importing.files import FOLDERS, LISTS, PROCESS_FILE
from bot.importing.writing.answer import answer
from bot.importing.writing.yaml_text import yaml_text

_FROM_PLACE = {"process"}  # said by the folder that the file stands in
_FROM_NAME = _FROM_PLACE | {"slug"}  # said by the file's own name or its folder's
_FILE_OF_LIST: Mapping[Kind, str] = {kind: name for name, kind in LISTS.items()}
_FOLDER_OF: Mapping[Kind, tuple[str, str]] = {kind: (name, ending) for name, (kind, ending) in FOLDERS.items()}


def files(records: Iterable[Record]) -> Mapping[str, bytes]:
    """Return the content of each file that the records make up, by its path relative to the content folder.

    Kinds that share a file stand in it in the order they are given; nothing is left out but what is at its default.
    """
    texts: dict[str, str] = {}
    lists: dict[str, list[Any]] = {}
    for record in records:
        if isinstance(record, Filed) and record.kind in _FILE_OF_LIST:
            lists.setdefault(f"{record.process}/{_FILE_OF_LIST[record.kind]}", []).append(_fields(record, _FROM_PLACE))
        else:
            texts[_path(record)] = _text(record)
    texts |= {path: yaml_text(items) for path, items in lists.items()}
    return {path: texts[path].encode() for path in sorted(texts)}


def _path(record: Record) -> str:
    if isinstance(record, Filed):
        folder, ending = _FOLDER_OF[record.kind]
        return f"{record.process}/{folder}/{record.slug}{ending}"
    return f"{record.slug}/{PROCESS_FILE}"


def _text(record: Record) -> str:
    if isinstance(record, Question):
        front = yaml_text(_fields(record, _FROM_NAME | {"short", "full"}))
        return f"---\n{front}---\n{answer(record.short, record.full)}"
    return yaml_text(_fields(record, {"slug"} if isinstance(record, Process) else _FROM_NAME))


def _fields(record: Record, left_out: set[str]) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude=left_out, exclude_defaults=True)
