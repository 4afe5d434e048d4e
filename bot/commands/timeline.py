"""/timeline: what happened when, oldest first, in pages."""

from typing import Final

from bot.catalogue.snapshot import in_process
from bot.commands.context import Context
from bot.commands.lookup import process_and_rest, title_of
from bot.commands.paging import cut, split_number, turning
from bot.rendering.pages import Happened, TimelinePage
from bot.rendering.reply import Reply

_A_PAGE: Final = 6


async def timeline(context: Context) -> Reply:
    """Return a page of the process's events; those whose date is unclear come last."""
    words, number = split_number(context.arguments)
    process, _ = process_and_rest(context, words)
    slug = process.record.slug if process else None
    events = sorted(in_process(context.snapshot.events, slug), key=lambda revision: revision.record.occurred.sort_key)
    shown, paging = cut(events, number, _A_PAGE)
    notes = context.notes()
    happened = tuple(Happened(revision.record, notes.show_all(revision.record.text)) for revision in shown)
    line = f"/timeline {slug}"
    return context.reply(
        TimelinePage(title_of(process), happened, notes.sources, paging),
        turning(paging, line, context.labels),
        tells=(*shown, *notes.told),
        line=f"{line} {paging.number}",
        turns=bool(context.arguments),
    )
