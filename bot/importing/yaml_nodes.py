"""YAML -> plain values, with the line of each.

Every scalar stays the text that was typed: the domain decides what is a date or a number, so that `no` remains a word
and `2025` a year. Only a plain `null`, `~` or nothing at all is None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.domain.base import Path
from bot.importing.faults import FileFault, quoted
from bot.importing.lines import Lines
from bot.importing.yaml_errors import QUOTE, fault_of

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

# The C parser gives the same events about ten times faster; a PyYAML built without it works all the same.
_LOADER: Final = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_DEEPEST = 20  # no record is half as deep, and a deeper one could exhaust Python's stack
# Behind a text of several words, or where it begins like "#1" or "#peace", a comment is likelier a text cut in two.
_COMMENT = re.compile(r"\s+#(.*)")
_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file holds. `whole` is False where it could not be read to its end; `value` then is None.

    `spoilt` names the parts that have a fault already, so that nothing more is said about what follows from it.
    """

    value: Value
    lines: Lines
    faults: tuple[FileFault, ...] = ()
    whole: bool = True
    spoilt: frozenset[Path] = frozenset()


class _Unreadable(Exception):
    pass


def parse_yaml(file: str, text: str, first_line: int = 1) -> Tree:
    """Return the values of `text`, which begins on `first_line` of `file`; never raises, faults are in the tree."""
    reader = _Reader(file, first_line, text.split("\n"))
    try:
        value = reader.read(yaml.parse(text, Loader=_LOADER))
    except _Unreadable:
        return reader.tree(None, whole=False)
    except yaml.YAMLError as error:
        fault = fault_of(error, file, text, first_line)
        if all(fault.line != known.line for known in reader.faults):
            reader.faults.append(fault)
        return reader.tree(None, whole=False)
    return reader.tree(value)


class _Reader:
    """Builds values from PyYAML's events: only these still show anchors, tags and lines."""

    def __init__(self, file: str, first_line: int, rows: list[str]) -> None:
        self.file = file
        self.first_line = first_line
        self.rows = rows
        self.last_line = first_line + len(rows) - 1
        self.lines: dict[Path, int] = {}
        self.faults: list[FileFault] = []
        self.spoilt: set[Path] = set()

    def tree(self, value: Value, *, whole: bool = True) -> Tree:
        return Tree(value, Lines(self.lines), tuple(self.faults), whole, frozenset(self.spoilt))

    def read(self, events: Iterator[Event]) -> Value:
        value: Value = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, "a second document begins here", "remove the line '---': a file holds one")
            elif isinstance(event, NodeEvent):
                value = self._node(event, events, ())
        return value

    def _node(self, event: Event, events: Iterator[Event], path: Path) -> Value:
        # A key has set its line already: a value on the next line is still looked for at its key.
        self.lines.setdefault(path, self._line(event))
        self._refuse_marks(event, path)
        if len(path) > _DEEPEST:
            self._stop(event, "lists and keys are nested too deeply", "check the brackets and the indentation")
        if isinstance(event, ScalarEvent):
            self._refuse_cut(event)
            return None if not event.style and event.value in _NULLS else str(event.value)
        if isinstance(event, SequenceStartEvent):
            return self._items(events, path)
        if isinstance(event, MappingStartEvent):
            return self._pairs(events, path)
        return None

    def _items(self, events: Iterator[Event], path: Path) -> list[Value]:
        items: list[Value] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _pairs(self, events: Iterator[Event], path: Path) -> dict[str, Value]:
        pairs: dict[str, Value] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, events, path)
            known = (*path, key)
            taken = key in pairs
            if taken:
                problem = f"key {quoted(key)} stands here twice, first in line {self.lines[known]}"
                self._fault(event, problem, "keep one of them")
            self.lines.setdefault(known, self._line(event))
            value = self._node(next(events), events, known)
            if not taken:
                pairs[key] = value
        return pairs

    def _key(self, event: Event, events: Iterator[Event], path: Path) -> str:
        if isinstance(event, ScalarEvent):
            self._refuse_marks(event, path)
            return str(event.value)
        self._node(event, events, (*path, "?"))
        if isinstance(event, CollectionStartEvent):
            self._stop(event, "a list or a mapping cannot be a key", 'put the text in "quotation marks"')
        return "?"

    def _refuse_marks(self, event: Event, path: Path) -> None:
        """Refuse what has no use in content and would let a small file grow without bounds."""
        if isinstance(event, AliasEvent):
            mark = f"*{event.anchor}"
        elif isinstance(event, NodeEvent) and event.anchor:
            mark = f"&{event.anchor}"
        elif isinstance(event, (ScalarEvent, CollectionStartEvent)) and event.tag:
            mark = str(event.tag)
        else:
            return
        self.spoilt.add(path)
        problem = f"{quoted(mark)} is not read as text"
        self._fault(event, problem, QUOTE)

    def _refuse_cut(self, event: ScalarEvent) -> None:
        """Refuse a text without quotation marks that goes on behind ' #', where YAML reads no further."""
        mark = event.end_mark
        if event.style or not mark or mark.line >= len(self.rows):
            return
        found = _COMMENT.fullmatch(self.rows[mark.line][mark.column :])
        if not found or not any(map(str.isalnum, found[1])):
            return
        if len(event.value.split()) > 1 or not found[1][0].isspace():
            line = self.first_line + mark.line
            problem = "what stands behind ' #' is a comment and is lost"
            remedy = f"{QUOTE}, or a comment on a line of its own"
            self.faults.append(FileFault(self.file, line, problem, remedy))

    def _line(self, event: Event) -> int:
        mark = event.start_mark
        # What follows a '---' at the very end begins for PyYAML in a line that is not there.
        return min(self.first_line + (int(mark.line) if mark else 0), self.last_line)

    def _fault(self, event: Event, problem: str, remedy: str) -> None:
        self.faults.append(FileFault(self.file, self._line(event), problem, remedy))

    def _stop(self, event: Event, problem: str, remedy: str) -> NoReturn:
        self._fault(event, problem, remedy)
        raise _Unreadable
