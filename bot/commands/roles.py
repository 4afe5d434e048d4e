"""Roles: who may do what. A command declares the role it takes: the router checks it, and /confirm once more."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may be besides a reader."""

    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Team:
    """Who has which role; owners come from the settings."""

    owners: frozenset[int]

    def has(self, reader: int, role: Role | None) -> bool:
        """Return whether the reader has the role; everyone has none."""
        return role is None or (role is Role.OWNER and reader in self.owners)
