"""What is different between two states of a record: each part that changed, old and new."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from bot.domain.base import Path
from bot.domain.plain import Value, of_json
from bot.domain.record import Record


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that changed: where it stands (in the new state, where it is there), and its text before and after."""

    path: Path
    old: str
    new: str


def between(old: Record | None, new: Record) -> tuple[Difference, ...]:
    """Return each part of the record that changed, "" for what was not there; without `old`, all parts of it."""
    before = of_json(old.model_dump(mode="json", exclude_defaults=True)) if old else None
    return differences(before, of_json(new.model_dump(mode="json", exclude_defaults=True)))


def differences(old: Value, new: Value) -> tuple[Difference, ...]:
    """Return the same for plain values, which need not be a record yet."""
    return tuple(_between(old, new, ()))


def _between(old: Value, new: Value, path: Path) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, (dict, type(None))) and isinstance(new, dict):
        for key in [*new, *(key for key in old or {} if key not in new)]:
            yield from _between((old or {}).get(key), new.get(key), (*path, key))
    elif isinstance(old, (list, type(None))) and isinstance(new, list):
        yield from _between_lists(old or [], new, path)
    elif isinstance(old, (dict, list)) and new is None:
        inner = old.values() if isinstance(old, dict) else old
        for value in inner:
            yield from _between(value, None, path)
    else:
        yield Difference(path, old if isinstance(old, str) else "", new if isinstance(new, str) else "")


def _between_lists(old: list[Value], new: list[Value], path: Path) -> Iterator[Difference]:
    """Yield what changed in a list: an item that only moved because another came or went before it did not."""
    matcher = SequenceMatcher(None, list(map(repr, old)), list(map(repr, new)), autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag != "equal":
            for place, (before, after) in enumerate(zip_longest(old[first:last], new[begin:end])):
                yield from _between(before, after, (*path, begin + place))
