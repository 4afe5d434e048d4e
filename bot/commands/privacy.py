"""/privacy: what is kept of readers, and how long."""

from bot.commands.context import Context
from bot.rendering.pages.following import PrivacyPage
from bot.rendering.reply import Reply


async def privacy(context: Context) -> Reply:
    """Return what is kept; the numbers are the ones that retention works with."""
    retention = context.parts.retention
    number = str(context.request.reader.id)
    days = (retention.ledger.days, retention.feedback.days, retention.corrections.days)
    return context.reply(PrivacyPage(number, *days))
