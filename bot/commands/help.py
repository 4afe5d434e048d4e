"""/help: every command."""

from bot.catalogue.snapshot import in_process
from bot.commands.context import Context
from bot.rendering.pages import HelpPage
from bot.rendering.reply import Reply


async def help_(context: Context) -> Reply:
    """Return every listed command with what it does, then the questions' own."""
    slug = context.process.record.slug if context.process else None
    owned = [rev.record for rev in in_process(context.snapshot.questions, slug) if rev.record.command]
    return context.reply(HelpPage(list(context.labels.menu.items()), owned))
