"""/upload and files sent to the bot: an owner's content file is checked, shown as readers would see it, published."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.catalogue.snapshot import Snapshot, snapshot_of
from bot.commands import cards
from bot.commands.confirming import asking, preview
from bot.commands.context import Context
from bot.commands.request import ChatKind
from bot.commands.start import show_card
from bot.commands.timeline import show_event
from bot.domain.base import Kind
from bot.domain.event import Event
from bot.domain.process import Process
from bot.domain.record import Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.domain.source import Source
from bot.importing.files import PROBES_FILE
from bot.rendering.pages.desk import DeskPage, FaultsPage, UploadPage
from bot.rendering.pages.parts import Moment, Paging
from bot.rendering.pages.records import SourcesPage, TimelinePage
from bot.rendering.reply import Message, Reply
from bot.services.publish import Publication
from bot.services.upload import Checked, Overtaken, Upload, check_upload, publish_upload, read_upload
from bot.storage.confirmations import Pending
from bot.storage.database import Connection

_CARDS: Final = 8  # shown before publishing; more would take a phone ten seconds to receive
_A_PAGE: Final = 5  # sources or events, as their own lists show them


async def upload(context: Context) -> Reply:
    """Return every fault of the file, or its records as readers would see them and the buttons that publish it."""
    attachment = context.request.attachment
    if attachment is None or context.request.chat.kind is not ChatKind.PRIVATE:
        return context.reply(DeskPage("upload usage"))
    if attachment.data is None:
        return context.reply(DeskPage("upload too big"))
    process, note = _process_and_note(context)
    if process is None:
        return context.reply(DeskPage("upload no process"))
    read = read_upload(attachment.name, attachment.data, str(process.record.slug), note)
    if not isinstance(read, Upload):
        return context.reply(FaultsPage([str(read)]))
    if read.name == PROBES_FILE:
        return context.reply(DeskPage("upload probes"))
    checked = await check_upload(read, context.snapshot.published)
    if checked.faults:
        return context.reply(FaultsPage(list(map(str, checked.faults))))
    if not (checked.new or checked.changed):
        return context.reply(DeskPage("upload unchanged", count=len(checked.unchanged)))
    return await _ask(context, read, checked, process.record.title)


async def confirm_upload(context: Context, connection: Connection, payload: str, choice: str) -> Reply:
    """Publish the file as it was shown, or say what keeps it from being published by now."""
    said = json.loads(payload)
    base = {
        (Kind(kind), slug): RevisionRef.parse(ref) if ref else None
        for name, ref in said["base"].items()
        for kind, _, slug in [name.partition("/")]
    }
    author, change = f"telegram:{context.request.reader.id}", Change(choice)
    done = await publish_upload(
        connection, Upload(**said["upload"]), base, change, author=author, now=context.request.now
    )
    if isinstance(done, Overtaken):
        return context.reply(DeskPage("upload overtaken", title=cards.title(done.record)), turns=True)
    if isinstance(done, Publication):
        return context.reply(DeskPage("uploaded", count=len(done.refs)), turns=True)
    if done.faults:
        return context.reply(FaultsPage(list(map(str, done.faults))), turns=True)
    return context.reply(DeskPage("upload unchanged", count=len(done.unchanged)), turns=True)


def _process_and_note(context: Context) -> tuple[Revision[Process] | None, str]:
    """Return the process whose slug the caption begins with, else the chat's own, and the rest of the caption."""
    caption = context.arguments.strip()
    first, _, rest = caption.partition(" ")
    named = context.snapshot.processes.get(first.strip().lower())
    return (named, rest.strip()) if named else (context.process, caption)


async def _ask(context: Context, read: Upload, checked: Checked, title: str) -> Reply:
    shown = await _previews(context, checked)
    labels = context.labels
    choices = [(labels.publish, Change.UPDATE.value)]
    if checked.changed:
        choices = [(labels.as_minor, Change.MINOR.value), (labels.as_update, Change.UPDATE.value)]
        if read.note:  # readers who were told wrong are owed a reason
            choices.append((labels.as_correction, Change.CORRECTION.value))
    page = UploadPage(
        title,
        [cards.title(record) for record in checked.new],
        [cards.title(record) for record in checked.changed],
        len(checked.unchanged),
        read.note,
        max(0, len(shown) - _CARDS),
    )
    sent = {"name": read.name, "text": read.text, "process": read.process, "note": read.note}
    base = {f"{kind}/{slug}": str(ref or "") for (kind, slug), ref in checked.base.items()}
    pending = Pending("publish", json.dumps({"upload": sent, "base": base}))
    return Reply((*shown[:_CARDS], await asking(context, page, pending, choices)))


async def _previews(context: Context, checked: Checked) -> list[Message]:
    """Return each new or changed card exactly as readers would see it; sources and events as their lists show them."""
    records = (*checked.new, *checked.changed)
    snapshot = await asyncio.to_thread(_with, context.snapshot, checked, context.request.now)
    there = replace(context, snapshot=snapshot)
    cards_shown = [await show_card(there, record.kind, record.slug) for record in records]
    pages = [
        *_source_pages(there, [record for record in records if isinstance(record, Source)]),
        *_event_pages(there, [record for record in records if isinstance(record, Event)]),
    ]
    replies = [*(reply for reply in cards_shown if reply), *pages]
    return [preview(message) for reply in replies for message in reply.messages]


def _with(snapshot: Snapshot, checked: Checked, now: datetime) -> Snapshot:
    """Return the snapshot as it would be with these records published."""
    changed = {(record.kind, str(record.slug)): record for record in checked.changed}
    revisions = [
        replace(revision, record=changed.get((revision.record.kind, str(revision.record.slug)), revision.record))
        for revision in snapshot.published
    ]
    for number, record in enumerate(checked.new, 1):
        ref = RevisionRef(-number, 1)  # no number that a published record has
        revisions.append(Revision(ref, now, "", Change.UPDATE, "", record))
    return snapshot_of(snapshot.number, revisions)


def _source_pages(context: Context, records: Sequence[Source]) -> list[Reply]:
    pages = [records[start : start + _A_PAGE] for start in range(0, len(records), _A_PAGE)]
    return [context.reply(SourcesPage(_title(context, page[0]), page, _paging(page))) for page in pages]


def _event_pages(context: Context, records: Sequence[Event]) -> list[Reply]:
    replies = []
    for start in range(0, len(records), _A_PAGE):
        page, notes = records[start : start + _A_PAGE], context.notes()
        moments = [Moment(happened=show_event(context, record, notes)) for record in page]
        title, age = _title(context, page[0]), context.oldest(page)
        replies.append(context.reply(TimelinePage(title, moments, age, notes.sources, _paging(page))))
    return replies


def _title(context: Context, record: Source | Event) -> str:
    process = context.snapshot.process_of(record)
    return process.title if process else ""


def _paging(page: Sequence[Record]) -> Paging:
    return Paging(1, 1, len(page))
