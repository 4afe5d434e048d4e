"""/bulletin: an editor writes to all who follow a process, after a preview and one confirmation."""

from bot.commands.context import Context
from bot.commands.writing.publishing import ask_bulletin
from bot.rendering.pages.desk import DeskPage
from bot.rendering.reply import Reply
from bot.services.examine import BULLETIN_LIMIT


async def bulletin(context: Context) -> Reply:
    """Return the preview with the number of followers, and the button that sends it."""
    text, process = context.arguments, context.process
    if not text or process is None:
        return context.reply(DeskPage("bulletin usage"))
    if len(text) > BULLETIN_LIMIT:
        return context.reply(DeskPage("bulletin too long", count=BULLETIN_LIMIT))
    return await ask_bulletin(context, str(process.record.slug), text)
