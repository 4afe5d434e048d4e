"""/timeline: what happened when, oldest first, in pages."""

from typing import Final

from bot.catalogue.snapshot import in_process
from bot.commands.context import Context
from bot.commands.lookup import process_and_rest, title_of
from bot.commands.paging import cut, marked, split_page, turning
from bot.domain.event import Event
from bot.rendering.notes import Notes
from bot.rendering.pages.parts import Happened
from bot.rendering.pages.records import TimelinePage
from bot.rendering.reply import Reply

_A_PAGE: Final = 6


async def timeline(context: Context) -> Reply:
    """Return a page of the process's events; those whose date is unclear come last."""
    words, number = split_page(context.arguments)
    process, _ = process_and_rest(context, words)
    slug = process.record.slug if process else None
    events = sorted(in_process(context.snapshot.events, slug), key=lambda revision: revision.record.occurred.sort_key)
    shown, paging = cut(events, number, _A_PAGE)
    notes = context.notes()
    happened = tuple(show_event(context, revision.record, notes) for revision in shown)
    age = context.oldest(revision.record for revision in shown)
    line = f"/timeline {slug}"
    return context.reply(
        TimelinePage(title_of(process), happened, age, notes.sources, paging),
        turning(paging, line, context.labels),
        tells=(*shown, *notes.told),
        line=marked(line, paging.number),
        turns=number is not None,
    )


def show_event(context: Context, event: Event, notes: Notes) -> Happened:
    """Return the event as a timeline shows it."""

    def name(slug: str | None) -> str:
        party = context.snapshot.parties.get(slug or "")
        return party.record.name if party else ""

    return Happened(event, notes.show_all(event.text), name(event.alleged_by), name(event.denied_by))
