"""The whole Bot API as data, where its file lies beside the repository: every request is checked against it too.

The file is JSON: {"methods": {name: {"fields": [field, …]}}, "types": {name: {"fields": […], "subtypes": […]}}}.
A field is {"name", "types", "required"} and, where they apply, "enum", "min_len", "max_len", "len_unit", "min", "max".
"""

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.telegram.errors import ApiError, malformed
from tests.telegram.payload import JsonObject, Upload, Value, as_int, as_list, as_object, as_str

SPEC_PATH = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "botapi" / "spec.json"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a method, or a field of a type."""

    name: str
    types: tuple[str, ...]
    required: bool
    values: tuple[object, ...]
    shortest: int
    longest: int | None
    in_bytes: bool
    least: int | None
    most: int | None
    after_parsing: bool


@dataclass(frozen=True, slots=True)
class Spec:
    """Methods and types by name; names of methods are spelt as in the documentation."""

    methods: Mapping[str, Mapping[str, Field]]
    types: Mapping[str, Mapping[str, Field]]
    subtypes: Mapping[str, tuple[str, ...]]

    def check(self, method: str, values: Mapping[str, Value]) -> None:
        """Raise ApiError for the first thing in the request that the specification does not allow."""
        if method not in self.methods:
            raise _against(f"unknown method {method}")
        fault = self._fields_fault(self.methods[method], values, method)
        if fault:
            raise _against(fault)

    def _fields_fault(self, fields: Mapping[str, Field], values: Mapping[str, Value], where: str) -> str | None:
        for name in values:
            if name not in fields:
                return f"{where} has no field {name}"
        for field in fields.values():
            if field.required and field.name not in values:
                return f"{where} lacks {field.name}"
        faults = (self._value_fault(fields[name], value, f"{where}.{name}") for name, value in values.items())
        return next((fault for fault in faults if fault), None)

    def _value_fault(self, field: Field, value: Value, where: str) -> str | None:
        faults = [self._type_fault(kind, value, where) for kind in field.types]
        if all(faults):
            return _most_telling(faults)
        if field.values and value not in field.values:
            return f"{where} must be one of {', '.join(map(str, field.values))}"
        return _limits_fault(field, value, where)

    def _type_fault(self, kind: str, value: Value, where: str) -> str | None:
        """Return why the value is not of that type, or None where it is."""
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return f"{where} must be an array"
            return self._items_fault(kind.removeprefix("Array of "), value, where)
        if kind in self.subtypes:
            return _most_telling([self._type_fault(name, value, where) for name in self.subtypes[kind]])
        if kind in self.types:
            if not isinstance(value, dict):
                return f"{where} must be an object ({kind})"
            return self._fields_fault(self.types[kind], value, f"{where}:{kind}")
        return None if _is_plain(kind, value) else f"{where} must be {kind}, not {str(value)[:60]!r}"

    def _items_fault(self, item: str, values: Sequence[Value], where: str) -> str | None:
        kinds = [item] if item.startswith("Array of ") else item.split(" or ")
        for position, value in enumerate(values):
            fault = _most_telling([self._type_fault(kind, value, f"{where}[{position}]") for kind in kinds])
            if fault:
                return fault
        return None


def _most_telling(faults: Sequence[str | None]) -> str | None:
    """Return None if any of the types fits, else the fault found deepest inside the value."""
    return None if None in faults else max((fault for fault in faults if fault), key=_depth)


def _depth(fault: str) -> int:
    # A wrong "type" tells that another of the types was meant, so its fault tells little.
    return -1 if ".type must be one of" in fault else fault.count(".")


def _is_plain(kind: str, value: Value) -> bool:
    if kind == "Boolean":
        return isinstance(value, bool)
    if kind in {"Integer", "Float"}:
        return isinstance(value, int if kind == "Integer" else int | float) and not isinstance(value, bool)
    if kind == "InputFile":
        return isinstance(value, Upload)
    return isinstance(value, str)


def _limits_fault(field: Field, value: Value, where: str) -> str | None:
    if isinstance(value, str) and field.longest is not None and not field.after_parsing:
        length = len(value.encode()) if field.in_bytes else len(value)
        if not field.shortest <= length <= field.longest:
            return f"{where} must be {field.shortest}-{field.longest} long, not {length}"
    if isinstance(value, int) and not isinstance(value, bool):
        too_small = field.least is not None and value < field.least
        if too_small or (field.most is not None and value > field.most):
            return f"{where} must be between {field.least} and {field.most}"
    return None


def _against(fault: str) -> ApiError:
    return malformed(f"{fault} (Bot API specification)")


@functools.cache
def load_spec() -> Spec | None:
    """Return the specification, or None where its file is absent."""
    if not SPEC_PATH.is_file():
        return None
    data = as_object(json.loads(SPEC_PATH.read_text(encoding="utf-8")))
    methods, types = as_object(data["methods"]), as_object(data["types"])
    return Spec(
        methods={name: _fields(as_object(method)) for name, method in methods.items()},
        types={name: _fields(as_object(kind)) for name, kind in types.items()},
        subtypes={
            name: tuple(as_str(subtype) for subtype in as_list(as_object(kind)["subtypes"]))
            for name, kind in types.items()
            if as_object(kind).get("subtypes")
        },
    )


def _fields(owner: JsonObject) -> Mapping[str, Field]:
    fields = (_field(as_object(item)) for item in as_list(owner.get("fields", [])))
    return {field.name: field for field in fields}


def _field(item: JsonObject) -> Field:
    def number(name: str) -> int | None:
        return as_int(item[name]) if name in item else None

    name = as_str(item["name"])
    return Field(
        name=name,
        types=tuple(as_str(kind) for kind in as_list(item["types"])),
        required=item["required"] is True,
        values=tuple(as_list(item.get("enum", []))),
        shortest=number("min_len") or 0,
        longest=number("max_len"),
        in_bytes=item.get("len_unit") == "bytes",
        least=number("min"),
        most=number("max"),
        # message_text says it nowhere, yet counts like the text of sendMessage.
        after_parsing="after entit" in as_str(item.get("description", "")) or name == "message_text",
    )
