"""Notices: what a chat hears of a correction in a message of its own, because it was told what was wrong."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import audiences, broadcasts, corrections, ledger, ledger_tells, subscriptions

TOLD: Final = "told"  # in the command line of a notice to a chat that follows nothing it could unfollow


async def lines(connection: AsyncConnection, broadcast: int, chats: Collection[int]) -> Mapping[int, str]:
    """Return the command line of each chat's notice: of all that was put right where it follows any of it.

    Any other chat hears of the records that it was told.
    """
    whole = f"/news {broadcast}"
    reached = select(audiences.c.record).where(audiences.c.broadcast == broadcast, audiences.c.record.is_not(None))
    followed = or_(
        subscriptions.c.target.is_(None), subscriptions.c.target.in_(reached.where(audiences.c.number.is_(None)))
    )
    query = select(subscriptions.c.chat).where(subscriptions.c.chat.in_(chats), followed)
    following = set(await connection.scalars(query))
    corrected = (
        select(corrections.c.record)
        .join(broadcasts, broadcasts.c.publication == corrections.c.publication)
        .where(broadcasts.c.id == broadcast)
    )
    rows = await connection.execute(
        select(ledger.c.chat, ledger_tells.c.record)
        .join(ledger_tells, ledger_tells.c.ledger == ledger.c.id)
        .where(ledger.c.chat.in_(set(chats) - following), ledger_tells.c.record.in_(corrected))
        .order_by(ledger_tells.c.record)
        .distinct()
    )
    told = defaultdict[int, list[str]](list)
    for chat, record in rows:
        told[chat].append(str(record))
    return {chat: whole if chat in following else " ".join([whole, TOLD, *told[chat]]) for chat in chats}
