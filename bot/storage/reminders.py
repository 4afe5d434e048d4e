"""Reminders: of which declared ends followers have been reminded."""

from sqlalchemy import and_, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.domain.ending import Ending
from bot.storage.tables import reminders


async def known(connection: AsyncConnection, record: int, ending: Ending) -> bool:
    """Return whether that reminder has been owed."""
    return await connection.scalar(select(reminders.c.record).where(_same(record, ending))) is not None


async def note(connection: AsyncConnection, record: int, ending: Ending) -> bool:
    """Note that the reminder is owed; returns False where it was already. Does not commit."""
    if await known(connection, record, ending):
        return False
    await connection.execute(insert(reminders).values(record=record, ends=ending.ends, stage=ending.stage.value))
    return True


def _same(record: int, ending: Ending) -> ColumnElement[bool]:
    return and_(reminders.c.record == record, reminders.c.ends == ending.ends, reminders.c.stage == ending.stage.value)
