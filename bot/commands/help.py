"""/help: every command."""

from bot.catalogue.snapshot import in_process
from bot.commands.context import Context
from bot.rendering.pages.asking import HelpPage
from bot.rendering.reply import Reply


async def help_(context: Context) -> Reply:
    """Return every command that is listed for the reader with what it does, then the questions' own."""
    slug = context.process.record.slug if context.process else None
    owned = [rev.record for rev in in_process(context.snapshot.questions, slug) if rev.record.command]
    menu = context.labels.menu_for(context.role)
    return context.reply(HelpPage(list(menu.items()), owned))
