"""The tally: how many messages of the outbox are in which state."""

from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.outbox import UNSENT, Rank, State
from bot.storage.tables import outbox


async def counts(connection: AsyncConnection, broadcast: int | None = None) -> dict[State, int]:
    """Return how many messages are in each state, of one broadcast or of all."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    if broadcast is not None:
        query = query.where(outbox.c.state.in_([state.value for state in State]), outbox.c.broadcast == broadcast)
    found = {State(state): number for state, number in await connection.execute(query)}
    return {state: found.get(state, 0) for state in State}


async def reached(connection: AsyncConnection, broadcast: int) -> tuple[int, int, int]:
    """Return of a broadcast how many new messages arrived, how many wait, edits among them, and how many could not."""
    by_state = select(outbox.c.state, outbox.c.entry == 0, func.count()).where(outbox.c.broadcast == broadcast)
    rows = (await connection.execute(by_state.group_by(outbox.c.state, outbox.c.entry == 0))).all()
    arrived = sum(number for state, new, number in rows if state == State.SENT.value and new)
    waiting = sum(number for state, _, number in rows if state in UNSENT)
    given_up = sum(number for state, new, number in rows if state == State.GIVEN_UP.value and new)
    return arrived, waiting, given_up + await _never_told(connection, broadcast)


async def sent_since(connection: AsyncConnection, broadcast: int, rank: Rank, since: datetime) -> int:
    """Return how many messages of a broadcast were sent since that instant."""
    mine = and_(
        outbox.c.state == State.SENT.value,
        outbox.c.broadcast == broadcast,
        outbox.c.rank == rank.value,
        outbox.c.due >= since,
    )
    return await connection.scalar(select(func.count()).select_from(outbox).where(mine)) or 0


async def _never_told(connection: AsyncConnection, broadcast: int) -> int:
    """Return how many chats have messages that were given up, and no new one."""
    mine = and_(outbox.c.broadcast == broadcast, outbox.c.chat != 0)
    told = select(outbox.c.chat).where(mine, outbox.c.entry == 0)
    gone = and_(mine, outbox.c.state == State.GIVEN_UP.value, outbox.c.chat.not_in(told))
    return await connection.scalar(select(func.count(outbox.c.chat.distinct())).where(gone)) or 0
