"""Notices: what a chat hears of a correction in a message of its own, because it was told what was wrong."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import broadcasts, corrections, ledger, ledger_tells, subscriptions

TOLD: Final = "told"  # in the command line of a notice to a chat that follows nothing it could unfollow


async def lines(connection: AsyncConnection, broadcast: int, chats: Collection[int]) -> Mapping[int, str]:
    """Return the command line of each chat's notice: of all that was put right where it follows something.

    Any other chat hears of the records that it was told.
    """
    whole = f"/news {broadcast}"
    following = set(await connection.scalars(select(subscriptions.c.chat).where(subscriptions.c.chat.in_(chats))))
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
