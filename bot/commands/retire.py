"""/retire: an editor withdraws a record; readers no longer get it."""

from bot.commands.context import Context
from bot.commands.writing.publishing import ask_to_publish
from bot.domain.revision import Change
from bot.rendering.pages.desk import DeskPage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Reply
from bot.services.gatekeeping import key_of
from bot.services.proposal import proposed


async def retire(context: Context) -> Reply:
    """Return what withdrawing the record means, and the button that does it."""
    name, _, reason = context.arguments.partition(" ")
    if not name or not reason.strip():
        return context.reply(DeskPage("retire usage"))
    published = context.snapshot.published
    records = [revision.record for revision in published]
    found = [record for record in records if name in {"/".join(key_of(record)), str(record.slug)}]
    if not found:
        return context.reply(NotFoundPage("record", name))
    if len(found) > 1:
        return context.reply(DeskPage("retire which", title=", ".join("/".join(key_of(record)) for record in found)))
    proposal = proposed(found, published, change=Change.RETRACTION, note=reason.strip())
    return await ask_to_publish(context, proposal)
