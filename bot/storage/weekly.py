"""The weeks whose list the desk has been owed."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import weekly_lists


async def begin(connection: AsyncConnection, week: str) -> bool:
    """Note the week; returns False where it is noted already. Does not commit."""
    if await connection.scalar(select(weekly_lists.c.week).where(weekly_lists.c.week == week)):
        return False
    await connection.execute(insert(weekly_lists).values(week=week))
    return True
