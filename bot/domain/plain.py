"""Plain values: what is typed, before it is a record; texts, lists and keys, as a content file would hold them."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from bot.domain.base import Path

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Values: TypeAlias = "dict[str, Value]"
MOST_ITEMS: Final = 40  # of one list: no record has as many, and a message has to show them


def at(values: Value, path: Path) -> Value:
    """Return the value at `path`, None where there is none."""
    for step in path:
        if isinstance(values, dict) and isinstance(step, str):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values


def put(values: Values, path: Path, value: Value) -> Values:
    """Return `values` with `value` at `path`; an item one past the end of a list makes the list longer."""
    changed = _put(values, path, value)
    return changed if isinstance(changed, dict) else values


def dropped(values: Values, path: Path) -> Values:
    """Return `values` without what stands at `path`, nor what is left empty by that."""
    changed = _drop(values, path)
    return changed if isinstance(changed, dict) else {}


def filled(values: Value, path: Path) -> bool:
    """Return whether something stands at `path`."""
    return at(values, path) not in (None, "", [], {})


def of_json(value: object) -> Value:
    """Return a record's JSON as plain values: numbers and truth values as they would be typed."""
    if isinstance(value, Mapping):
        return {str(key): of_json(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [of_json(inner) for inner in value]
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def parts(value: Value, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value inside, the whole first."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from parts(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from parts(inner, (*path, place))


def _put(value: Value, path: Path, new: Value) -> Value:
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(value) if isinstance(value, list) else []
        if step > len(items) or step >= MOST_ITEMS:
            return items
        return [*items[:step], _put(items[step] if step < len(items) else None, rest, new), *items[step + 1 :]]
    pairs = dict(value) if isinstance(value, dict) else {}
    return pairs | {step: _put(pairs.get(step), rest, new)}


def _drop(value: Value, path: Path) -> Value:
    step, rest = path[0], path[1:]
    if isinstance(step, int) and isinstance(value, list) and step < len(value):
        inner = _drop(value[step], rest) if rest else None
        return [*value[:step], *([inner] if inner else []), *value[step + 1 :]]
    if isinstance(step, str) and isinstance(value, dict) and step in value:
        inner = _drop(value[step], rest) if rest else None
        kept = {key: other for key, other in value.items() if key != step}
        return kept | ({step: inner} if inner else {})
    return value
