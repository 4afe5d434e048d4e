"""Question sets: entries and queries in JSON lines, the form in which public FAQ sets are compared.

An entry has an `id`, a `question`, perhaps an `answer`, `aliases` and a `label` that names it in a word or two; a query
its `text` and the ids that are `relevant`, none where it is not `in_scope`. Other keys are not read.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import ContentRefused
from bot.importing.probes import Probe

PROCESS: Final = "faq"  # what the entries are filed under


class Entry(BaseModel):
    """A curated question."""

    id: str
    question: str
    answer: str = ""
    aliases: tuple[str, ...] = ()
    label: str = ""


class _Query(BaseModel):
    text: str
    relevant: tuple[str, ...] = ()
    in_scope: bool = True


Row = TypeVar("Row", bound=BaseModel)


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of the file; raises ContentRefused with each line that is none."""
    return tuple(row for _, row in _rows(path, Entry))


def read_queries(path: Path) -> tuple[Probe, ...]:
    """Return the queries of the file as probes; raises ContentRefused with each line that is none."""
    return tuple(
        Probe(row.text, PROCESS, row.relevant if row.in_scope else (), False, path.name, line)
        for line, row in _rows(path, _Query)
    )


def _rows(path: Path, form: type[Row]) -> list[tuple[int, Row]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentRefused((f"{path}: cannot be read: name a file of JSON lines in UTF-8",)) from error
    read: list[tuple[int, Row]] = []
    faults: list[str] = []
    for number, line in _filled(lines):
        try:
            read.append((number, form.model_validate_json(line)))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            faults.append(f"{path}:{number}: {where + ': ' if where else ''}{first['msg']}")
    if faults or not read:
        raise ContentRefused(tuple(faults) or (f"{path}: there is nothing in it",))
    return read


def _filled(lines: list[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())
