"""Reminders of declared ends: to followers and to the desk, each of them once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.domain.agreement import Agreement
from bot.domain.ending import Ending, ending
from bot.domain.revision import Revision
from bot.services.audience import followers_of, process_of
from bot.storage import broadcasts, outbox, reminders
from bot.storage.broadcasts import BroadcastKind
from bot.storage.database import Connection, Database

FROM: Final = 7  # o'clock, UTC: nobody need hear of an end at midnight
AUTHOR: Final = "reminder"
_LOCALE: Final = "en"


async def remind(database: Database, agreements: Iterable[Revision[Agreement]], desk: int | None, now: datetime) -> int:
    """Owe the reminders of today that have not been owed yet; returns how many. Commits."""
    if now.hour < FROM:
        return 0
    due = [(item, found) for item in agreements if (found := ending(item.record, now.date()))]
    if not due:
        return 0
    async with database.read() as connection:
        new = [(item, found) for item, found in due if not await reminders.known(connection, item.ref.record, found)]
    if not new:
        return 0
    async with database.write() as connection:
        return sum([await _owe(connection, item, found, desk, now) for item, found in new])


async def _owe(
    connection: Connection, item: Revision[Agreement], found: Ending, desk: int | None, now: datetime
) -> int:
    if not await reminders.note(connection, item.ref.record, found):
        return 0  # another process was quicker
    body = f"{item.ref} {found.stage} {found.ends}"
    reached = await followers_of(connection, [item.record])
    number = await broadcasts.add(
        connection, BroadcastKind.REMINDER, process_of(item.record), body, reached, author=AUTHOR, now=now
    )
    if desk is not None:
        await outbox.owe(connection, desk, _LOCALE, f"/news {number}", now=now)
    return 1
