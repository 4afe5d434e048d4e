"""What pydantic says about a record's values, said so that an editor knows what to do, and in which line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from bot.domain.base import Model, Path, walk
from bot.domain.dates import When
from bot.importing.faults import FileFault, did_you_mean, one_line, quoted
from bot.importing.lines import Lines
from bot.importing.yaml_nodes import Value

_DAY: Final = "write it as 2025-03-18"
_LIST: Final = "write a list: each item on a line of its own, after '- '"
_OURS: Final = {"slug", "when", "url", "value_error"}  # raised by the domain, with words meant for people
_PATTERNS: Final[Mapping[str, tuple[str, str]]] = {
    "command": ("is no command", "use a-z, 0-9 and _, at most 32, a letter first, without '/'"),
    "locale": ("is no language", "use a code such as en"),
}
# How the values of a Markdown answer are called there, where no such key stands.
_IN_ANSWER: Final[Mapping[str, str]] = {"text": "the paragraph", "short": "'# Short'", "full": "'# Full'"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One of pydantic's findings, and the model that the key it is about belongs to."""

    finding: str
    path: Path
    said: str
    given: object
    limits: Mapping[str, Any]
    model: type[BaseModel]

    @property
    def key(self) -> str:
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    @property
    def label(self) -> str:
        if self.path[:1] in {("short",), ("full",)} and self.key in _IN_ANSWER:
            return _IN_ANSWER[self.key]
        item = f"item {self.path[-1] + 1} of " if self.path and isinstance(self.path[-1], int) else ""
        return f"{item}'{self.key}'" if self.key else "the entry"


def faults_of(error: ValidationError, model: type[BaseModel], file: str, lines: Lines) -> dict[Path, FileFault]:
    """Return a fault for each thing that is wrong with the values of a `model`, by the path where it stands."""
    found = [_entry(details, model) for details in error.errors(include_url=False)]
    above = {entry.path[:end] for entry in found for end in range(len(entry.path))}
    # A list whose items are all wrong counts as too short as well: that is no second thing to mend.
    return {
        entry.path: FileFault(file, lines.at(entry.path), *_words(entry))
        for entry in found
        if entry.finding != "too_short" or entry.path not in above
    }


def misread_days(record: Model, values: Value, file: str, lines: Lines) -> dict[Path, FileFault]:
    """Return a fault for each plain day written in a way that pydantic guesses at: `0` it reads as 1970-01-01."""
    return {
        path: FileFault(file, lines.at(path), f"'{path[-1]}' is {quoted(typed)}", _DAY)
        for path, value in walk(record)
        if type(value) is date
        for typed in [_at(values, path)]
        if isinstance(typed, str) and typed.strip() != value.isoformat()
    }


def _at(values: Value, path: Path) -> Value:
    for step in path:
        if isinstance(values, dict) and isinstance(step, str):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int):
            values = values[step]
        else:
            return None
    return values


def _entry(details: Mapping[str, Any], model: type[BaseModel]) -> _Entry:
    path: Path = details["loc"]
    owner = model
    for step in path[:-1]:
        owner = _model_in(owner.model_fields[step].annotation) or owner if step in owner.model_fields else owner
    return _Entry(details["type"], path, details["msg"], details["input"], details.get("ctx", {}), owner)


def _model_in(annotation: object) -> type[BaseModel] | None:
    return next((kind for kind in types_in(annotation) if issubclass(kind, BaseModel)), None)


def types_in(annotation: object) -> Iterator[type]:
    """Yield the types inside an annotation such as `tuple[Annotated[Statement, …], ...] | None`."""
    arguments = get_args(annotation)
    for argument in arguments:
        yield from types_in(argument)
    if not arguments and isinstance(annotation, type):
        yield annotation


def _words(entry: _Entry) -> tuple[str, str]:
    """Return (problem, remedy)."""
    if entry.finding == "extra_forbidden":
        known = tuple(entry.model.model_fields)
        return f"unknown key {quoted(str(entry.path[-1]))}", did_you_mean(
            str(entry.path[-1]), known, "the keys that can stand here are " + ", ".join(known)
        )
    if entry.finding == "missing":
        return f"missing key '{entry.key}'", _add(entry)
    if entry.given is None:
        field = entry.model.model_fields.get(entry.key)
        return f"{entry.label} is empty", "fill it in" if field and field.is_required() else "fill it in, or remove it"
    if entry.finding in _OURS:
        return _split(entry.said.removeprefix("Value error, "))
    if entry.finding.startswith("date"):
        return f"{entry.label} is {_shown(entry)}", _DAY
    writer = _WORDS.get(entry.finding)
    return writer(entry) if writer else (f"{entry.label}: {one_line(entry.said)}", "see content/README.md")


def _split(said: str) -> tuple[str, str]:
    """Cut our own messages, which read "problem: remedy", where the quoted value cannot be mistaken for the cut."""
    problem, colon, remedy = said.rpartition(": ")
    return (one_line(problem), remedy) if colon else (one_line(said), "see content/README.md")


def _add(entry: _Entry) -> str:
    field = entry.model.model_fields.get(entry.key)
    types = tuple(types_in(field.annotation)) if field else ()
    for kind in types:
        if issubclass(kind, Enum):
            return "add it; it can be " + ", ".join(f"'{member.value}'" for member in kind)
        if issubclass(kind, (date, When)):
            return f"add '{entry.key}: 2025-03-18', with the right date"
    return f"add '{entry.key}:' and what belongs there"


def _shown(entry: _Entry) -> str:
    if isinstance(entry.given, dict):
        return "a set of keys"
    return "a list" if isinstance(entry.given, (list, tuple)) else quoted(str(entry.given))


def _of_enum(entry: _Entry) -> tuple[str, str]:
    allowed = re.findall(r"'([^']*)'", str(entry.limits["expected"]))
    can_be = f"it can be {entry.limits['expected']}"
    return f"{entry.label} is {_shown(entry)}", did_you_mean(str(entry.given), allowed, can_be)


def _too_long(entry: _Entry) -> tuple[str, str]:
    limit = int(entry.limits["max_length"])
    if isinstance(entry.given, str):
        return f"{entry.label} has {len(entry.given.strip()):,} characters", f"shorten it to {limit:,} or split it"
    what = "paragraphs" if entry.label in _IN_ANSWER.values() else "items"
    count = len(entry.given) if isinstance(entry.given, list) else entry.limits["actual_length"]
    return f"{entry.label} has {count} {what}", f"shorten it to {limit}"


def _pattern(entry: _Entry) -> tuple[str, str]:
    if entry.key in _PATTERNS:
        problem, remedy = _PATTERNS[entry.key]
        return f"{_shown(entry)} {problem}", remedy
    return f"{entry.label} runs over several lines", "write it on one line"


def _model_wanted(entry: _Entry) -> tuple[str, str]:
    field = entry.model.model_fields.get(entry.key)
    model = (_model_in(field.annotation) if field else None) or entry.model
    if issubclass(model, When):
        return f"{entry.label} is {_shown(entry)}", "write a date such as 2025-03-18, or unclear"
    return f"{entry.label} is {_shown(entry)}", "write it with its keys: " + ", ".join(model.model_fields)


def _remedy(remedy: str) -> Callable[[_Entry], tuple[str, str]]:
    return lambda entry: (f"{entry.label} is {_shown(entry)}", remedy)


_WORDS: Final[Mapping[str, Callable[[_Entry], tuple[str, str]]]] = {
    "enum": _of_enum,
    "too_long": _too_long,
    "string_too_long": _too_long,
    "too_short": lambda entry: (f"{entry.label} is empty", "fill it in"),
    "string_too_short": lambda entry: (f"{entry.label} is empty", "fill it in"),
    "string_pattern_mismatch": _pattern,
    "model_type": _model_wanted,
    "model_attributes_type": _model_wanted,
    "tuple_type": _remedy(_LIST),
    "string_type": _remedy("write it as one text"),
    "int_parsing": _remedy("write a whole number"),
    "int_type": _remedy("write a whole number"),
    "int_from_float": _remedy("write a whole number"),
    "greater_than": _remedy("write a larger number"),
    "less_than_equal": _remedy("write a smaller number"),
    "bool_parsing": _remedy("write true or false"),
    "bool_type": _remedy("write true or false"),
}
