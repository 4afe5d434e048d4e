"""Revisions: one state of a record, who made it, when it was recorded, and what kind of change it was."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, Self, TypeVar

from bot.domain.record import Record

R_co = TypeVar("R_co", bound=Record, covariant=True)


class Change(StrEnum):
    """The kinds of change."""

    MINOR = "minor"  # wording; nobody is told
    UPDATE = "update"  # new facts; subscribers are told
    CORRECTION = "correction"  # was wrong; readers who were told are told
    RETRACTION = "retraction"  # withdrawn; likewise


@dataclass(frozen=True, slots=True, order=True)
class RevisionRef:
    """Which revision of which record; written `12.3` in buttons and logs."""

    record: int
    number: int

    def __str__(self) -> str:
        """Return the written form."""
        return f"{self.record}.{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the reference that `text` writes, None where it writes none."""
        record, dot, number = text.partition(".")
        if dot and all(part.isascii() and part.isdigit() and len(part) < 16 for part in (record, number)):  # noqa: PLR2004 - fits 64 bits
            return cls(int(record), int(number))
        return None


@dataclass(frozen=True, slots=True)
class Revision(Generic[R_co]):
    """One state of a record. `recorded` is when the desk recorded it, not when anything happened."""

    ref: RevisionRef
    recorded: datetime
    author: str
    change: Change
    note: str
    record: R_co
