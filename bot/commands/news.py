"""/news: a broadcast by its number, as subscribers get it; it stands behind deliveries and the ledger."""

from datetime import datetime
from typing import Final

from bot.commands import cards
from bot.commands.context import Context
from bot.domain.base import Kind
from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.rendering.markup import paragraphs
from bot.rendering.pages.following import BulletinPage, UpdatePage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Button, Reply
from bot.storage.broadcasts import Broadcast, BroadcastKind

_NAMED: Final = 12  # records that an update names; with more it would be no news but a list
_LEADS: Final = 6
_DIGITS: Final = 16  # what fits the database's numbers
# What readers ask for comes before what merely stands behind it.
_ORDER: Final = (Kind.QUESTION, Kind.AGREEMENT, Kind.EVENT, Kind.PROCESS, Kind.PARTY, Kind.SOURCE)


async def news(context: Context) -> Reply:
    """Return the broadcast of that number."""
    word = context.arguments
    number = int(word) if word.isascii() and word.isdigit() and len(word) < _DIGITS else 0
    found = await context.parts.broadcasts.read(number)
    if found is None:
        return context.reply(NotFoundPage("news", word))
    if found.kind is BroadcastKind.BULLETIN:
        return bulletin_as_sent(context, found.process, found.body, found.made, found.id)
    return _update(context, found)


def bulletin_as_sent(context: Context, process: str, text: str, made: datetime, number: int) -> Reply:
    """Return a bulletin exactly as subscribers get it; the preview and the delivery are this one page."""
    page = BulletinPage(_title(context, process), paragraphs(text), made.date())
    return context.reply(page, _buttons(context, process), line=f"/news {number}")


def _update(context: Context, found: Broadcast) -> Reply:
    published = [revision for ref in found.refs if (revision := context.snapshot.by_id(ref.record))]
    published.sort(key=_place)
    titles = [cards.title(revision.record) for revision in published]
    leads = [(cards.button(rev.record),) for rev in published if rev.record.kind in cards.KINDS]
    more = max(0, len(titles) - _NAMED)
    page = UpdatePage(_title(context, found.process), titles[:_NAMED], more, found.made.date())
    buttons = (*leads[:_LEADS], *_buttons(context, found.process))
    return context.reply(page, buttons, tells=published[:_NAMED], line=f"/news {found.id}")


def _place(revision: Revision[Record]) -> int:
    return _ORDER.index(revision.record.kind)


def _title(context: Context, process: str) -> str:
    found = context.snapshot.processes.get(process)
    return found.record.title if found else process


def _buttons(context: Context, process: str) -> tuple[tuple[Button, ...], ...]:
    labels = context.labels
    return ((Button(labels.brief, f"/brief {process}"), Button(labels.unsubscribe, f"/unsubscribe {process}")),)
