"""A reminder of an agreement's declared end: tomorrow, today, or passed without an extension that a source gives."""

from datetime import date

from bot.commands import cards
from bot.commands.context import Context
from bot.domain.agreement import Agreement
from bot.rendering.pages.following import ReminderPage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Reply, Rows
from bot.storage.broadcasts import Broadcast


def show_reminder(context: Context, found: Broadcast, line: str, buttons: Rows) -> Reply:
    """Return what our records say of the end on the day of the reminder, with the source that declared it."""
    ref, stage, ends = found.body.split()
    revision = context.snapshot.by_id(int(ref.partition(".")[0]))
    if revision is None or not isinstance(revision.record, Agreement):
        return context.reply(NotFoundPage("news", line))
    record, notes = revision.record, context.notes()
    declared = record.dates.extended_to or record.dates.declared_end
    marks = notes.marks(declared.cite) if declared else ""
    page = ReminderPage(record.title, stage, date.fromisoformat(ends), context.age(record), marks, notes.sources)
    return context.reply(page, ((cards.button(record),), *buttons), tells=(revision, *notes.told), line=line)
