"""Reach: how many messages told something, to how many chats, and how many chats follow it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.following import Mode
from bot.domain.revision import RevisionRef
from bot.storage.tables import gone_chats, ledger, ledger_tells, subscriptions

_GONE = select(gone_chats.c.chat)


async def told(connection: AsyncConnection, refs: Sequence[RevisionRef], oldest: datetime) -> tuple[int, int]:
    """Return how many messages told one of the revisions since `oldest`, and to how many chats that can be reached.

    Messages sent through inline mode count, but nobody knows their chats.
    """
    wrong = tuple_(ledger_tells.c.record, ledger_tells.c.number).in_([(ref.record, ref.number) for ref in refs])
    entries = select(ledger_tells.c.ledger).where(wrong)
    sent = or_(ledger.c.message.is_not(None), ledger.c.inline_message.is_not(None))
    query = select(func.count(), func.count(ledger.c.chat.distinct()).filter(ledger.c.inline_message.is_(None))).where(
        and_(ledger.c.id.in_(entries), ledger.c.told >= oldest, sent, ledger.c.chat.not_in(_GONE))
    )
    messages, chats = (await connection.execute(query)).one()
    return messages, chats


async def following(connection: AsyncConnection, targets: Sequence[int], modes: Sequence[Mode]) -> int:
    """Return how many chats that can be reached follow one of the records, or everything, in one of these ways."""
    query = select(func.count(subscriptions.c.chat.distinct())).where(
        or_(subscriptions.c.target.is_(None), subscriptions.c.target.in_(targets)),
        subscriptions.c.mode.in_([mode.value for mode in modes]),
        subscriptions.c.chat.not_in(_GONE),
    )
    return await connection.scalar(query) or 0
