"""The ground that every record stands on: frozen models, slugs, and links that know what they point to."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

SLUG = re.compile(r"[a-z0-9-]{1,40}")
# C0 and C1 controls except newline and tab, and the marks that turn text around: no record has a use for them, and
# each could make a message read other than it was checked.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


class Kind(StrEnum):
    """The kinds of record."""

    PROCESS = "process"
    PARTY = "party"
    SOURCE = "source"
    QUESTION = "question"
    AGREEMENT = "agreement"
    EVENT = "event"


class Model(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def without_unseen(text: str) -> str:
    """Return `text` without control characters and direction marks."""
    return _UNSEEN.sub("", text)


class Slug(str):
    """A record's name in commands, links and files: one to forty of a-z, 0-9 and the hyphen."""

    __slots__ = ()

    @classmethod
    def checked(cls, value: str) -> Self:
        """Return `value` as this kind of slug; raises a pydantic error where it is none."""
        if SLUG.fullmatch(value):
            return cls(value)
        raise PydanticCustomError("slug", "'{value}' is no slug: use 1 to 40 of a-z, 0-9 and -", {"value": value[:60]})

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic to read a string and check it."""
        return core_schema.no_info_after_validator_function(cls.checked, core_schema.str_schema())


class Link(Slug):
    """A slug that stands for another record, of the kind that its class names."""

    __slots__ = ()
    kind: ClassVar[Kind]


class ProcessLink(Link):
    """A link to a process."""

    __slots__ = ()
    kind = Kind.PROCESS


class PartyLink(Link):
    """A link to a party."""

    __slots__ = ()
    kind = Kind.PARTY


class SourceLink(Link):
    """A link to a source."""

    __slots__ = ()
    kind = Kind.SOURCE


class QuestionLink(Link):
    """A link to a question."""

    __slots__ = ()
    kind = Kind.QUESTION


class AgreementLink(Link):
    """A link to an agreement."""

    __slots__ = ()
    kind = Kind.AGREEMENT


Path = tuple[str | int, ...]


def walk(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield every value inside a model with the path that leads to it, depth first, the model itself included."""
    yield path, value
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))
