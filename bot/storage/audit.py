"""The audit: who did what on the desk, and when. It is only added to; the database refuses anything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import audit


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that somebody did; `who` as authors of revisions are written (`telegram:7`)."""

    id: int
    at: datetime
    who: str
    did: str
    what: str


async def note(connection: AsyncConnection, now: datetime, who: str, did: str, what: str) -> None:
    """Note that `who` `did` something to `what`, in the transaction that does it. Does not commit."""
    await connection.execute(insert(audit).values(at=now, who=who, did=did, what=what))


async def page(connection: AsyncConnection, number: int, size: int) -> tuple[int, Sequence[Noted]]:
    """Return how many notes there are, and those of a page, the newest first; pages count from 1."""
    total = await connection.scalar(select(func.count()).select_from(audit)) or 0
    rows = await connection.execute(select(audit).order_by(audit.c.id.desc()).limit(size).offset((number - 1) * size))
    return total, tuple(Noted(row.id, row.at, row.who, row.did, row.what) for row in rows)
