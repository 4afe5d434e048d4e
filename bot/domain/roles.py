"""Roles: what a person may be besides a reader. Each covers what the ones below it may do."""

from enum import StrEnum


class Role(StrEnum):
    """The roles, the lowest first."""

    CONTRIBUTOR = "contributor"  # writes drafts
    EDITOR = "editor"  # publishes
    OWNER = "owner"  # appoints; named in the settings

    def covers(self, other: "Role") -> bool:
        """Return whether whoever has this role may do what the other may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)
