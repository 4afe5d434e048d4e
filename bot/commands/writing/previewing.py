"""Previews: what is to be published, exactly as readers would see it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.catalogue.snapshot import Snapshot, snapshot_of
from bot.commands.confirming import preview
from bot.commands.context import Context
from bot.commands.news import bulletin_as_sent
from bot.commands.start import show_card
from bot.commands.timeline import show_event
from bot.commands.writing.access import draft_of
from bot.commands.writing.card import told
from bot.domain.event import Event
from bot.domain.plain import at
from bot.domain.record import Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.domain.source import Source
from bot.rendering.pages.desk import DeskPage, FaultsPage
from bot.rendering.pages.parts import Moment, Paging
from bot.rendering.pages.records import SourcesPage, TimelinePage
from bot.rendering.reply import Message, Reply
from bot.services.examine import examine
from bot.services.gatekeeping import key_of

CARDS: Final = 8  # shown before publishing; more would take a phone ten seconds to receive
_A_PAGE: Final = 5  # sources or events, as their own lists show them


async def preview_draft(context: Context) -> Reply:
    """Return a draft as readers would see it, or what keeps it from being shown."""
    draft = await draft_of(context, context.arguments)
    if draft is None:
        return context.reply(DeskPage("no draft"))
    examined = await asyncio.to_thread(examine, draft, context.snapshot.published)
    if draft.kind is None and not examined.faults:
        return Reply((bulletin_preview(context, draft.process, str(at(draft.values, ("text",)))),))
    if examined.record is None:
        return context.reply(FaultsPage([told(context, fault) for fault in examined.faults], draft=draft.id))
    return Reply(tuple((await previews(context, [examined.record]))[:CARDS]))


def bulletin_preview(context: Context, process: str, text: str) -> Message:
    """Return a bulletin as followers would get it."""
    return preview(bulletin_as_sent(context, process, text, context.request.now, 0).messages[0])


async def previews(context: Context, records: Sequence[Record]) -> list[Message]:
    """Return each card exactly as readers would see it; sources and events as their lists show them."""
    snapshot = await asyncio.to_thread(_with, context.snapshot, records, context.request.now)
    there = replace(context, snapshot=snapshot)
    cards_shown = [await show_card(there, record.kind, record.slug) for record in records]
    pages = [
        *_source_pages(there, [record for record in records if isinstance(record, Source)]),
        *_event_pages(there, [record for record in records if isinstance(record, Event)]),
    ]
    replies = [*(reply for reply in cards_shown if reply), *pages]
    return [preview(message) for reply in replies for message in reply.messages]


def _with(snapshot: Snapshot, records: Sequence[Record], now: datetime) -> Snapshot:
    """Return the snapshot as it would be with these records published; nobody searches it."""
    wanted = {key_of(record): record for record in records}
    revisions = [
        replace(revision, record=wanted.pop(key_of(revision.record), revision.record))
        for revision in snapshot.published
    ]
    for number, record in enumerate(wanted.values(), 1):
        ref = RevisionRef(-number, 1)  # no number that a published record has
        revisions.append(Revision(ref, now, "", Change.UPDATE, "", record))
    return snapshot_of(snapshot.number, revisions, searchable=False)


def _source_pages(context: Context, records: Sequence[Source]) -> list[Reply]:
    pages = [records[start : start + _A_PAGE] for start in range(0, len(records), _A_PAGE)]
    return [context.reply(SourcesPage(_title(context, page[0]), page, _paging(page))) for page in pages]


def _event_pages(context: Context, records: Sequence[Event]) -> list[Reply]:
    replies = []
    for start in range(0, len(records), _A_PAGE):
        page, notes = records[start : start + _A_PAGE], context.notes()
        happened = [Moment(happened=show_event(context, record, notes)) for record in page]
        title, age = _title(context, page[0]), context.oldest(page)
        replies.append(context.reply(TimelinePage(title, happened, age, notes.sources, _paging(page))))
    return replies


def _title(context: Context, record: Source | Event) -> str:
    process = context.snapshot.process_of(record)
    return process.title if process else ""


def _paging(page: Sequence[Record]) -> Paging:
    return Paging(1, 1, len(page))
