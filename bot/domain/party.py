"""A party: a state, group, office or person that takes positions."""

from enum import StrEnum
from typing import ClassVar

from bot.domain.base import Kind, PartyLink
from bot.domain.record import Filed
from bot.domain.statement import Line, Statement


class PartyType(StrEnum):
    """What a party is."""

    STATE = "state"
    GROUP = "group"
    OFFICE = "office"
    PERSON = "person"
    ORGANISATION = "organisation"


class Party(Filed):
    """A state, group, office or person that takes positions, and every name it is called by."""

    kind: ClassVar[Kind] = Kind.PARTY

    name: Line
    type: PartyType
    aliases: tuple[Line, ...] = ()
    member_of: PartyLink | None = None
    about: tuple[Statement, ...] = ()
