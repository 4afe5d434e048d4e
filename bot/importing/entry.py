"""What one file gives: its records, each with the place where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from bot.domain.base import Kind, Path
from bot.domain.kinds import MODELS
from bot.domain.record import Record
from bot.importing.faults import FileFault, quoted
from bot.importing.lines import Lines
from bot.importing.probes import Probe
from bot.importing.pydantic_faults import faults_of, misread_days
from bot.importing.salvage import salvage
from bot.importing.yaml_nodes import Tree, Value


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its file, the lines of its parts, and the parts that have a fault already."""

    file: str
    lines: Lines = field(default_factory=Lines)
    spoilt: frozenset[Path] = frozenset()

    def touches(self, path: Path) -> bool:
        """Return whether `path` leads into, or around, a part that has a fault already."""
        return self.spoils(path) or bool(path and any(part[: len(path)] == path for part in self.spoilt))

    def spoils(self, path: Path) -> bool:
        """Return whether `path` leads into a part that has a fault already."""
        return any(path[:end] in self.spoilt for end in range(len(path) + 1))


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a file holds it; `record` is None where its values are no record.

    Then `salvaged` is what could be read of it, to be checked and never to be published.
    """

    kind: Kind
    slug: str
    place: Place
    record: Record | None = None
    salvaged: Record | None = None


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file gives. `unread` is the kind of which it may hold records whose slugs nobody could read."""

    file: str
    entries: tuple[Entry, ...] = ()
    probes: tuple[Probe, ...] = ()
    faults: tuple[FileFault, ...] = ()
    unread: Kind | None = None


def build(kind: Kind, tree: Tree, file: str, given: Mapping[str, str]) -> tuple[Entry | None, list[FileFault]]:
    """Return the record that the values of `tree` describe, and what is wrong with it; no entry without a slug.

    `given` holds what the file's name and folder say already (slug, process); the values may say the same or nothing.
    """
    place = Place(file, tree.lines, tree.spoilt)
    values = tree.value if isinstance(tree.value, dict) else {}
    faults = [_disagreement(place, key, values[key], word) for key, word in given.items() if key in values]
    found = [fault for fault in faults if fault]
    whole: dict[str, Value] = {**values, **given}
    record, wrong = _validated(kind, whole, place)
    for path, fault in wrong.items():
        if path == ("slug",) and "slug" in given:
            remedy = "rename it: use 1 to 40 of a-z, 0-9 and -"
            found.append(FileFault(file, 1, f"the file's name {quoted(given['slug'])} is no slug", remedy))
        else:
            found.append(fault)
    slug = whole.get("slug")
    if not isinstance(slug, str):
        return None, found
    return Entry(kind, slug.strip(), place, record) if record else broken(kind, slug.strip(), place, whole), found


def broken(kind: Kind, slug: str, place: Place, values: Mapping[str, Value]) -> Entry:
    """Return the entry of a record whose values are none, with what can be read of them."""
    found = salvage(kind, {**values, "slug": slug})
    spoilt = replace(place, spoilt=place.spoilt | found.stand_ins)
    return Entry(kind, slug, spoilt, salvaged=found.record)


def _validated(kind: Kind, values: dict[str, Value], place: Place) -> tuple[Record | None, dict[Path, FileFault]]:
    model = MODELS[kind]
    try:
        record = model.model_validate(values)
    except ValidationError as error:
        faults = faults_of(error, model, place.file, place.lines)
        return None, {path: fault for path, fault in faults.items() if not place.spoils(path)}
    return record, misread_days(record, values, place.file, place.lines)


def _disagreement(place: Place, key: str, typed: Value, word: str) -> FileFault | None:
    if typed == word:
        return None
    problem = f"'{key}' is {quoted(str(typed))}, but by where the file is it is '{word}'"
    return FileFault(place.file, place.lines.at((key,)), problem, "remove this line, or move the file")
