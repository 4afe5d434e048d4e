"""What can be read of a record that has faults, so that one round of checking tells the faults of all its parts."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

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


def _mend(model: type[BaseModel], values: Any, details: Any, stand_ins: set[Path]) -> bool:
    """Put a stand-in where the error is, or leave the part out where a record can do without; False where nobody can."""
    path: Path = details["loc"]
    if not path:
        return False
    holder, annotation, required = values, None, True
    owner: Any = model
    for depth, step in enumerate(path):
        if isinstance(step, str) and isinstance(owner, type) and step in getattr(owner, "model_fields", {}):
            annotation, required = owner.model_fields[step].annotation, owner.model_fields[step].is_required()
        elif isinstance(step, int) and isinstance(holder, list) and step < len(holder):
            annotation, required = _item(annotation), True
        else:
            annotation, required = None, False
        owner = next((kind for kind in types_in(annotation) if issubclass(kind, BaseModel)), None)
        if depth < len(path) - 1:
            try:
                holder = holder[step]
            except (KeyError, IndexError, TypeError):
                return False
    if not isinstance(holder, dict | list):
        return False
    last: Any = path[-1]
    if details["type"] == "too_long" and isinstance(holder[last], list):
        del holder[last][int(details["ctx"]["max_length"]) :]  # what is left is as good as it was
        return True
    stand_ins.add(path)
    if required:
        holder[last] = _stand_in(annotation, path)
    elif isinstance(holder, dict):
        holder.pop(last, None)
    return required or isinstance(holder, dict)


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
