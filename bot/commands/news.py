"""/news: a broadcast by its number, as subscribers get it; it stands behind deliveries and the ledger."""

from datetime import datetime
from typing import Final

from bot.commands import cards
from bot.commands.changed import change_lines
from bot.commands.context import Context
from bot.commands.numbers import whole
from bot.commands.reminder import show_reminder
from bot.domain.base import Kind
from bot.domain.record import Record
from bot.domain.revision import Change, Revision
from bot.rendering.markup import paragraphs
from bot.rendering.notes import Notes
from bot.rendering.pages.changing import ChangedRecord, CorrectionPage
from bot.rendering.pages.following import BulletinPage, UpdatePage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Button, Reply, Rows
from bot.services.corrections import Correction
from bot.storage.broadcasts import Broadcast, BroadcastKind
from bot.storage.notices import TOLD

NAMED: Final = 12  # records that an update names; with more it would be no news but a list
_CORRECTED: Final = 5  # records that a notice tells old and new of
_LINES: Final = 6  # of each
_LEADS: Final = 6
# What readers ask for comes before what merely stands behind it.
_ORDER: Final = (Kind.QUESTION, Kind.AGREEMENT, Kind.EVENT, Kind.PROCESS, Kind.PARTY, Kind.SOURCE)


async def news(context: Context) -> Reply:
    """Return the broadcast of that number; with numbers of records behind it, what it tells of those.

    To a chat that was `told` what was wrong, and follows nothing, no button offers an end to that.
    """
    words = context.arguments.split() or ["0"]
    number, told = whole(words[0]), words[1:2] == [TOLD]
    only = [whole(word) for word in words[2 if told else 1 :]]
    found = await context.parts.broadcasts.read(number)
    if found is None:
        return context.reply(NotFoundPage("news", context.arguments))
    line = " ".join(["/news", str(number), *([TOLD] if told else []), *map(str, only)])
    match found.kind:
        case BroadcastKind.BULLETIN:
            return bulletin_as_sent(context, found.process, found.body, found.made, found.id)
        case BroadcastKind.CORRECTION:
            return await _correction(context, found, frozenset(only), line, told=told)
        case BroadcastKind.REMINDER:
            return show_reminder(context, found, line, under(context, found.id))
        case BroadcastKind.UPDATE:
            return await _update(context, found, frozenset(only), line)


def bulletin_as_sent(context: Context, process: str, text: str, made: datetime, number: int) -> Reply:
    """Return a bulletin exactly as subscribers get it; the preview and the delivery are this one page."""
    page = BulletinPage(title_of(context, process), paragraphs(text), made.date())
    brief = Button(context.labels.brief, f"/brief {process}")
    return context.reply(page, ((brief, *under(context, number)[0]),), line=f"/news {number}")


def published(context: Context, found: Broadcast) -> list[Revision[Record]]:
    """Return the records that a broadcast names and that are still published, what readers ask for first."""
    named = [revision for ref in found.refs if (revision := context.snapshot.by_id(ref.record))]
    return sorted(named, key=lambda revision: _ORDER.index(revision.record.kind))


def title_of(context: Context, process: str) -> str:
    """Return what to call the process; its slug where it is no longer published."""
    found = context.snapshot.processes.get(process)
    return found.record.title if found else process


def under(context: Context, number: int) -> Rows:
    """Return the button that ends what brought the broadcast."""
    return ((Button(context.labels.unsubscribe, f"/unsubscribe news {number}"),),)


async def _update(context: Context, found: Broadcast, only: frozenset[int], line: str) -> Reply:
    """Return what is new, or of it what the follower of some records follows."""
    named = published(context, found)
    if only:
        concerned = await context.parts.broadcasts.touching(found, only)
        named = [revision for revision in named if revision.ref.record in concerned] or named
    titles = [cards.title(revision.record) for revision in named]
    leads = [(cards.button(rev.record),) for rev in named if rev.record.kind in cards.KINDS]
    more = max(0, len(titles) - NAMED)
    page = UpdatePage(title_of(context, found.process), titles[:NAMED], more, found.made.date())
    brief = Button(context.labels.brief, f"/brief {found.process}")
    buttons = (*leads[:_LEADS], (brief, *under(context, found.id)[0]))
    return context.reply(page, buttons, tells=named[:NAMED], line=line)


async def _correction(context: Context, found: Broadcast, only: frozenset[int], line: str, *, told: bool) -> Reply:
    """Return what was wrong and what is right, with the reason and the sources of what is right.

    Of several records those that the chat was told, or that have to do with what it follows.
    """
    corrected = await context.parts.corrections.of(found.publication or 0)
    if only and len(corrected) > 1:
        concerned = only if told else await context.parts.broadcasts.touching(found, only)
        corrected = tuple(item for item in corrected if item.new.ref.record in concerned) or corrected
    notes = context.notes()
    shown = [changed_record(context, item, notes) for item in corrected[:_CORRECTED]]
    page = CorrectionPage(shown, max(0, len(corrected) - len(shown)), notes.sources)
    right = [item.new for item in corrected if item.new.change is not Change.RETRACTION]
    leads = [(cards.button(revision.record),) for revision in right if revision.record.kind in cards.KINDS]
    log = Button(context.labels.corrections, "/corrections")
    buttons = (*leads[:_LEADS], (log,) if told else (log, *under(context, found.id)[0]))
    return context.reply(page, buttons, tells=(*right, *notes.told), line=line)


def changed_record(context: Context, item: Correction, notes: Notes) -> ChangedRecord:
    """Return a record's change as pages show it: of one withdrawn only that."""
    gone = item.new.change is Change.RETRACTION
    lines = () if gone else change_lines(context, item.old.record, item.new.record, notes)[:_LINES]
    note = item.new.note
    return ChangedRecord(cards.title(item.new.record), item.new.change, item.new.recorded.date(), note, lines)
