"""What a chat has chosen: the process its questions are about."""

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.base import Kind
from bot.storage.tables import chats, records


async def all_chosen(connection: AsyncConnection) -> dict[int, str]:
    """Return the slug of the process that each chat has chosen, by the chat's number."""
    found = select(chats.c.chat, records.c.slug).join_from(chats, records, records.c.id == chats.c.process)
    rows = await connection.execute(found)
    return {row.chat: row.slug for row in rows}


async def choose_process(connection: AsyncConnection, chat: int, slug: str) -> None:
    """Keep the chat's choice in place of an earlier one. Does not commit."""
    process = select(records.c.id).where(records.c.kind == Kind.PROCESS.value, records.c.slug == slug).scalar_subquery()
    await connection.execute(delete(chats).where(chats.c.chat == chat))
    await connection.execute(insert(chats).values(chat=chat, process=process))


async def move(connection: AsyncConnection, old: int, new: int) -> None:
    """Give the chat's choice to its new number, where that has made none of its own. Does not commit."""
    taken = await connection.scalar(select(chats.c.chat).where(chats.c.chat == new))
    if taken is None:
        await connection.execute(update(chats).where(chats.c.chat == old).values(chat=new))
    else:
        await connection.execute(delete(chats).where(chats.c.chat == old))
