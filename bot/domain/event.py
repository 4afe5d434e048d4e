"""An event: a dated happening in a process."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from bot.domain.base import AgreementLink, Kind, PartyLink
from bot.domain.dates import When
from bot.domain.record import Dated
from bot.domain.statement import Line, Statement


class EventType(StrEnum):
    """What happened."""

    TALKS = "talks"
    ANNOUNCEMENT = "announcement"
    SIGNATURE = "signature"
    EFFECT = "effect"
    EXTENSION = "extension"
    VIOLATION = "alleged violation"
    COLLAPSE = "collapse"
    OTHER = "other"


class Event(Dated):
    """A dated happening; an alleged one names who alleges it and who denies it."""

    kind: ClassVar[Kind] = Kind.EVENT

    title: Line
    type: EventType
    occurred: When
    words: Line | None = None  # the date as the source says it
    place: Line | None = None
    actors: tuple[PartyLink, ...] = ()
    alleged_by: PartyLink | None = None
    denied_by: PartyLink | None = None
    text: Annotated[tuple[Statement, ...], Field(min_length=1)]
    agreements: tuple[AgreementLink, ...] = ()
