"""Proposals: what waits for a second editor, what is held for a moment, and what became of each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import proposals


class State(StrEnum):
    """What has become of a proposal."""

    WAITING = "waiting"  # for a second editor
    HELD = "held"  # goes out when it is due
    DONE = "done"
    TAKEN_BACK = "taken back"  # by its author
    SENT_BACK = "sent back"  # by a second editor
    REFUSED = "refused"  # it could not be carried out any more; the reason says why


@dataclass(frozen=True, slots=True)
class Stored:
    """A proposal as it is kept; `body` is its JSON, `draft` and `version` what it was made from."""

    id: int
    state: State
    made: datetime
    due: datetime | None
    author: str
    approver: str | None
    draft: int | None
    version: int | None
    body: str
    reason: str


async def add(  # noqa: PLR0913 - what a proposal is
    connection: AsyncConnection,
    state: State,
    author: str,
    body: str,
    now: datetime,
    *,
    due: datetime | None = None,
    draft: int | None = None,
    version: int | None = None,
) -> int:
    """Keep a proposal; returns its number. Does not commit."""
    row = {"state": state.value, "made": now, "due": due, "author": author, "draft": draft, "version": version}
    statement = insert(proposals).values(**row, body=body, reason="").returning(proposals.c.id)
    number: int = (await connection.execute(statement)).scalar_one()
    return number


async def read(connection: AsyncConnection, number: int) -> Stored | None:
    """Return the proposal of that number, None where there is none."""
    row = (await connection.execute(select(proposals).where(proposals.c.id == number))).one_or_none()
    return _stored(row) if row else None


async def move(
    connection: AsyncConnection,
    number: int,
    before: Collection[State],
    after: State,
    *,
    due: datetime | None = None,
    approver: str | None = None,
    reason: str = "",
) -> bool:
    """Bring the proposal from one of the states to another; returns False where it is in none of them any more.

    Does not commit. Whoever gets True is the only one who does.
    """
    values: dict[str, object] = {"state": after.value, "due": due, "reason": reason}
    if approver:
        values["approver"] = approver
    mine = (proposals.c.id == number) & proposals.c.state.in_([state.value for state in before])
    return (await connection.execute(update(proposals).where(mine).values(**values))).rowcount > 0


async def due(connection: AsyncConnection, now: datetime) -> tuple[int, ...]:
    """Return the numbers of the held proposals whose time has come, the oldest first."""
    held = (proposals.c.state == State.HELD.value) & (proposals.c.due <= now)
    return tuple(await connection.scalars(select(proposals.c.id).where(held).order_by(proposals.c.due)))


async def standing(connection: AsyncConnection, states: Collection[State]) -> tuple[Stored, ...]:
    """Return the proposals in these states, the newest first."""
    mine = proposals.c.state.in_([state.value for state in states])
    rows = await connection.execute(select(proposals).where(mine).order_by(proposals.c.id.desc()))
    return tuple(map(_stored, rows))


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Erase what became of proposals made before that instant; returns how many. Does not commit."""
    settled = proposals.c.state.not_in([State.WAITING.value, State.HELD.value])
    return (await connection.execute(delete(proposals).where(settled, proposals.c.made < before))).rowcount


def _stored(row: Row[Any]) -> Stored:
    return Stored(
        row.id,
        State(row.state),
        row.made,
        row.due,
        row.author,
        row.approver,
        row.draft,
        row.version,
        row.body,
        row.reason,
    )
