"""The team: whom an owner has given a role."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.roles import Role
from bot.storage.tables import team


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the team; `role` is None for one who has none any more."""

    reader: int
    role: Role | None
    name: str
    since: datetime


async def members(connection: AsyncConnection) -> tuple[Member, ...]:
    """Return everybody who has or had a role, the longest-serving first."""
    rows = await connection.execute(select(team).order_by(team.c.since, team.c.reader))
    return tuple(Member(row.reader, Role(row.role) if row.role else None, row.name, row.since) for row in rows)


async def role_of(connection: AsyncConnection, reader: int) -> Role | None:
    """Return the role that the person has been given, None where there is none."""
    found = await connection.scalar(select(team.c.role).where(team.c.reader == reader))
    return Role(found) if found else None


async def put(connection: AsyncConnection, member: Member) -> None:
    """Keep the member in place of what was kept of the same person. Does not commit."""
    await connection.execute(delete(team).where(team.c.reader == member.reader))
    role = member.role.value if member.role else None
    await connection.execute(insert(team).values(reader=member.reader, role=role, name=member.name, since=member.since))
