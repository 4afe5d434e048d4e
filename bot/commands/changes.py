"""/changes: what has changed since a day, or since the reader asked last; old, new, and the sources."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.commands import cards
from bot.commands.changed import change_lines
from bot.commands.context import Context
from bot.commands.days import read_day
from bot.commands.lookup import title_of
from bot.commands.paging import cut, marked, split_page, turning
from bot.domain.revision import Change
from bot.rendering.notes import Notes
from bot.rendering.pages.changing import ChangedRecord, ChangesPage
from bot.rendering.pages.records import AsOfUsagePage
from bot.rendering.reply import Reply
from bot.services.audience import process_of
from bot.services.changes import ChangedBetween

_A_PAGE: Final = 5
_LINES: Final = 6
_FIRST: Final = timedelta(days=7)  # what a reader sees who asks for the first time
_BETWEEN: Final = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(?: ([0-9]{4}-[0-9]{2}-[0-9]{2}))?")


async def changes(context: Context) -> Reply:
    """Return what has changed, newest first; without a day, what the reader has not seen, and note that they have."""
    words, number = split_page(context.arguments)
    found = _BETWEEN.fullmatch(words)
    if found:
        since = date.fromisoformat(found[3]) if found[3] and _is_day(found[3]) else None
        return await _show(context, int(found[1]), int(found[2]), since, number)
    upto, parts = context.snapshot.number, context.parts
    if words:
        day = read_day(words, context.today)
        if day is None:
            return context.reply(AsOfUsagePage(words))
        after = await parts.changes.publication_before(datetime.combine(day, time.min, UTC))
        return await _show(context, after, upto, day, number)
    chat, now = context.request.chat.id, context.request.now
    seen = await parts.changes.seen(chat)
    day = None if seen is not None else (now - _FIRST).date()
    after = seen if seen is not None else await parts.changes.publication_before(now - _FIRST)
    reply = await _show(context, after, upto, day, number)
    await parts.changes.note_seen(chat, upto, now)
    return reply


async def _show(context: Context, after: int, upto: int, since: date | None, number: int | None) -> Reply:
    process = context.process
    slug = str(process.record.slug) if process else ""
    found = [item for item in await context.parts.changes.between(after, upto) if process_of(item.new.record) == slug]
    shown, paging = cut(found, number, _A_PAGE)
    notes = context.notes()
    page = ChangesPage(title_of(process), since, _records(context, shown, notes), paging, notes.sources)
    line = " ".join(filter(None, (f"/changes {after}-{upto}", str(since) if since else "")))
    here = [item.new for item in shown if item.change is not Change.RETRACTION]
    leads = [(cards.button(revision.record),) for revision in here if revision.record.kind in cards.KINDS]
    buttons = (*leads, *turning(paging, line, context.labels))
    line = marked(line, paging.number)
    return context.reply(page, buttons, tells=(*here, *notes.told), line=line, turns=number is not None)


def _records(context: Context, shown: Sequence[ChangedBetween], notes: Notes) -> list[ChangedRecord]:
    return [
        ChangedRecord(
            cards.title(item.new.record),
            item.change,
            item.new.recorded.date(),
            item.new.note,
            change_lines(context, item.old.record, item.new.record, notes)[:_LINES]
            if item.old and item.change is not Change.RETRACTION
            else (),
            new=item.old is None,
        )
        for item in shown
    ]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
