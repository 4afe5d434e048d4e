"""/bulletin: the owner writes to all subscribers of a process, after a preview and one confirmation."""

import json
from typing import Final

from bot.commands.confirming import asking, preview
from bot.commands.context import Context
from bot.commands.news import bulletin_as_sent
from bot.rendering.pages.desk import DeskPage
from bot.rendering.reply import Reply
from bot.services.broadcast import write_bulletin
from bot.storage.confirmations import Pending
from bot.storage.database import Connection

LIMIT: Final = 3000  # characters: with its heading it still fits one message


async def bulletin(context: Context) -> Reply:
    """Return the preview with the number of subscribers, and the button that sends it."""
    text, process = context.arguments, context.process
    if not text or process is None:
        return context.reply(DeskPage("bulletin usage"))
    if len(text) > LIMIT:
        return context.reply(DeskPage("bulletin too long", count=LIMIT))
    slug = str(process.record.slug)
    reached = await context.parts.subscriptions.count(slug)
    shown = preview(bulletin_as_sent(context, slug, text, context.request.now, 0).messages[0])
    if not reached:
        return Reply((shown, context.message(DeskPage("bulletin nobody", title=process.record.title))))
    pending = Pending("bulletin", json.dumps({"process": slug, "text": text}))
    question = DeskPage("bulletin confirm", title=process.record.title, count=reached)
    return Reply((shown, await asking(context, question, pending)))


async def send_bulletin(context: Context, connection: Connection, payload: str, choice: str) -> Reply:  # noqa: ARG001
    """Owe the bulletin to all who subscribe by now."""
    said = json.loads(payload)
    author = f"telegram:{context.request.reader.id}"
    number = await write_bulletin(connection, said["process"], said["text"], author=author, now=context.request.now)
    return context.reply(DeskPage("bulletin sent", count=number), turns=True)
