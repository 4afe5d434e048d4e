"""JSON as Python values, and narrow readers that fail loudly where a payload is not what was checked before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

# Sequence and Mapping, for they are covariant: a list of strings is then a list of Json.
Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None
JsonObject: TypeAlias = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    file_name: str
    content_type: str
    content: bytes


Value: TypeAlias = Json | Upload


class PayloadError(Exception):
    """A value of another type than its reader expects."""


def as_object(value: Value) -> JsonObject:
    """Return the value, which must be a JSON object. Raises PayloadError, as the readers below do."""
    if not isinstance(value, dict):
        raise PayloadError(f"expected an object, got {str(value)[:60]!r}")
    return value


def as_list(value: Value) -> list[Json]:
    """Return the value, which must be a JSON array."""
    if not isinstance(value, list):
        raise PayloadError(f"expected an array, got {str(value)[:60]!r}")
    return value


def as_int(value: Value) -> int:
    """Return the value, which must be a whole number (True is not one)."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise PayloadError(f"expected a number, got {str(value)[:60]!r}")
    return value


def as_str(value: Value) -> str:
    """Return the value, which must be a string."""
    if not isinstance(value, str):
        raise PayloadError(f"expected a string, got {str(value)[:60]!r}")
    return value
