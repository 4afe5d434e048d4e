"""Throwing a draft away, once that is confirmed."""

from bot.commands.context import Context
from bot.commands.writing.access import number_in
from bot.rendering.pages.desk import DeskPage
from bot.rendering.reply import Reply
from bot.storage.database import Connection


async def discard(context: Context, connection: Connection, payload: str, choice: str) -> Reply:  # noqa: ARG001
    """Throw the draft away; what was published of it stays."""
    await context.parts.drafts.discard(connection, number_in(payload), context.request.reader.id, context.request.now)
    return context.reply(DeskPage("discarded"), turns=True)
