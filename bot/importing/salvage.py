"""What can be read of a record that has faults, so that one round of checking tells the faults of all its parts."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.base import SLUG, Kind, Path, Slug
from bot.domain.dates import When
from bot.domain.kinds import MODELS
from bot.domain.record import Record
from bot.importing.pydantic_faults import types_in
from bot.importing.yaml_nodes import Value

_ROUNDS = 4  # mending one part can bring another to light; more than a few have never been needed


@dataclass(slots=True)
class Salvage:
    """A record whose faulty parts are replaced by stand-ins, and where these stand. It is checked, never published."""

    record: Record | None = None
    stand_ins: set[Path] = field(default_factory=set)


def salvage(kind: Kind, values: dict[str, Value]) -> Salvage:
    """Return what can be read of the values; no record where no slug can, or too little fits together."""
    found = Salvage()
    slug = values.get("slug")
    if not isinstance(slug, str) or not SLUG.fullmatch(slug.strip()):
        return found
    mended = deepcopy(values)
    for _ in range(_ROUNDS):
        try:
            found.record = MODELS[kind].model_validate(mended)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                if not _mend(MODELS[kind], mended, details, found.stand_ins):
                    return found
        else:
            return found
    return found


def _mend(model: type[BaseModel], values: Value, details: ErrorDetails, stand_ins: set[Path]) -> bool:
    """Put a stand-in where an error is, or leave out what the record can do without; False where neither can be."""
    path: Path = details["loc"]
    holder = _at(values, path[:-1])
    annotation, required = _expected(model, path)
    if isinstance(holder, list) and isinstance(path[-1], int) and path[-1] < len(holder):
        holder[path[-1]] = _stand_in(annotation, path)
    elif isinstance(holder, dict) and path:
        key = str(path[-1])
        given = holder.get(key)
        if details["type"] == "too_long" and isinstance(given, list):
            del given[int(details["ctx"]["max_length"]) :]  # what is left is as good as it was
            return True
        holder.pop(key, None)
        if required:
            holder[key] = _stand_in(annotation, path)
    else:
        return False
    stand_ins.add(path)
    return True


def _at(values: Value, path: Path) -> Value:
    for step in path:
        if isinstance(values, dict) and isinstance(step, str):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values


def _expected(model: type[BaseModel], path: Path) -> tuple[object, bool]:
    """Return the annotation of the part at `path`, and whether there must be one; (None, False) for unknown keys."""
    owner: type[BaseModel] | None = model
    annotation: object = None
    required = False
    for step in path:
        if isinstance(step, int):
            annotation, required = _item(annotation), True
        elif owner and step in owner.model_fields:
            annotation, required = owner.model_fields[step].annotation, owner.model_fields[step].is_required()
        else:
            return None, False
        owner = next((kind for kind in types_in(annotation) if issubclass(kind, BaseModel)), None)
    return annotation, required


def _item(annotation: object) -> object:
    """Return the annotation of a tuple's items, wherever the tuple stands in `annotation`."""
    return next((get_args(part)[0] for part in _parts(annotation) if get_origin(part) is tuple), None)


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    if get_origin(annotation) is not tuple:
        for part in get_args(annotation):
            yield from _parts(part)


def _stand_in(annotation: object, path: Path) -> Value:
    """Return some value that fits: no other record has the same, so that it clashes with none."""
    if any(get_origin(part) is tuple for part in _parts(annotation)):
        return [_stand_in(_item(annotation), path)]
    for kind in types_in(annotation):
        if issubclass(kind, When):
            return "unclear"
        if issubclass(kind, BaseModel):
            fields = kind.model_fields.items()
            return {name: _stand_in(entry.annotation, (*path, name)) for name, entry in fields if entry.is_required()}
        if issubclass(kind, Enum):
            return str(next(iter(kind)).value)
        if issubclass(kind, date):
            return "2000-01-01"
        if issubclass(kind, Slug):
            return "x"
        if issubclass(kind, int):
            return "1"
    return "\uf8ff " + " ".join(map(str, path))
