"""The team: who may do what. Owners come from the settings, editors and contributors from the owners."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.domain.roles import Role
from bot.errors import StorageError
from bot.storage import audit
from bot.storage import team as stored
from bot.storage.database import Connection, Database
from bot.storage.team import Member

_LOG: Final = logging.getLogger(__name__)
_LOOK: Final = 1.0  # seconds


class Team:
    """Who has which role. `role` tells what this process knows, `has` asks the database: a role may be gone since."""

    def __init__(self, database: Database, owners: Iterable[int]) -> None:
        """Keep the owners; `refresh` loads the others."""
        self._database: Final = database
        self.owners: frozenset[int] = frozenset(owners)
        self._members: Mapping[int, Member] = MappingProxyType({})
        self._heard = 0

    @classmethod
    async def open(cls, database: Database, owners: Iterable[int]) -> "Team":
        """Return the team as it is now."""
        team = cls(database, owners)
        await team.refresh()
        return team

    @property
    def members(self) -> tuple[Member, ...]:
        """Return everybody who has or had a role from an owner, the longest-serving first."""
        return tuple(self._members.values())

    def role(self, reader: int) -> Role | None:
        """Return the person's role as this process last saw it, at most a second ago."""
        if reader in self.owners:
            return Role.OWNER
        member = self._members.get(reader)
        return member.role if member else None

    def name(self, reader: int) -> str:
        """Return what to call the person, "" where nobody gave a name."""
        member = self._members.get(reader)
        return member.name if member else ""

    async def has(self, reader: int, role: Role | None) -> bool:
        """Return whether the person has the role, or one that covers it, at this moment; everyone has none."""
        if role is None or reader in self.owners:
            return True
        async with self._database.read() as connection:
            return await self.has_in(connection, reader, role)

    async def has_in(self, connection: Connection, reader: int, role: Role) -> bool:
        """Return whether the person has the role, as the transaction sees it."""
        if reader in self.owners:
            return True
        held = await stored.role_of(connection, reader)
        return held is not None and held.covers(role)

    async def grant(self, reader: int, role: Role, name: str, *, by: str, now: datetime) -> bool:
        """Give the person a role in place of an earlier one; returns False for an owner, who needs none. Commits."""
        if reader in self.owners:
            return False
        async with self._database.write() as connection:
            await stored.put(connection, Member(reader, role, name or self.name(reader), now))
            await audit.note(connection, now, by, "granted", f"{role.value} to {named(reader, name)}")
        await self.refresh()
        return True

    async def revoke(self, reader: int, *, by: str, now: datetime) -> bool:
        """Take the person's role away; returns False where an owner has given them none. Commits."""
        async with self._database.write() as connection:
            held = await stored.role_of(connection, reader)
            if held is None:
                return False
            await stored.put(connection, Member(reader, None, self.name(reader), now))
            await audit.note(connection, now, by, "revoked", f"{held.value} of {named(reader, self.name(reader))}")
        await self.refresh()
        return True

    async def refresh(self) -> bool:
        """Load the members; returns whether any has changed."""
        async with self._database.read() as connection:
            found = {member.reader: member for member in await stored.members(connection)}
        changed = found != dict(self._members)
        self._members = MappingProxyType(found)
        self._heard += changed
        return changed

    async def watch(self, then: Callable[[], Awaitable[None]]) -> None:
        """Look each second for changes that any process has made, until cancelled; do `then` after each."""
        seen = self._heard
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await self.refresh()
                if self._heard != seen:
                    seen = self._heard
                    await then()
            except StorageError as error:
                _LOG.warning("Could not look for changes of the team: %s", error)


def named(reader: int, name: str) -> str:
    """Return the person's name with their number, or the number alone."""
    return f"{name} ({reader})" if name else str(reader)


def author(reader: int) -> str:
    """Return how a person on Telegram is written as an author of revisions and in the audit."""
    return f"telegram:{reader}"
