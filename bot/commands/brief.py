"""/brief: a process in a few points."""

from bot.catalogue.snapshot import in_process
from bot.commands import cards
from bot.commands.answer import feedback_row
from bot.commands.context import Context
from bot.commands.lookup import process_named
from bot.domain.base import Kind
from bot.domain.process import Process
from bot.domain.revision import Revision
from bot.rendering.pages.asking import BriefPage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Button, Reply

_QUESTIONS = 6


async def brief(context: Context) -> Reply:
    """Return the brief of the chat's process, or of the one named."""
    process = process_named(context, context.arguments)
    if process is None:
        return context.reply(NotFoundPage("process", context.arguments))
    return await show_brief(context, process)


async def show_brief(context: Context, process: Revision[Process]) -> Reply:
    """Return the process's points with their sources, and buttons to its questions."""
    record, notes = process.record, context.notes()
    points = notes.show_all(record.summary)
    share = context.share(cards.payload(Kind.PROCESS, record.slug))
    page = BriefPage(record, points, context.age(record), notes.sources, share)
    questions = in_process(context.snapshot.questions, record.slug)[:_QUESTIONS]
    buttons = (
        *((cards.button(revision.record),) for revision in questions),
        (
            Button(context.labels.agreements, f"/agreements {record.slug}"),
            Button(context.labels.timeline, f"/timeline {record.slug}"),
        ),
        feedback_row(context, process),
    )
    return context.reply(page, buttons, tells=(process, *notes.told), line=cards.line(Kind.PROCESS, record.slug))
