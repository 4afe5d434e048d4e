"""/history: how a record came to be as it is: each revision with its author, its kind, its note, and old → new."""

from collections.abc import Sequence
from typing import Final

from bot.commands import cards
from bot.commands.context import Context
from bot.commands.paging import cut, split_page, turning
from bot.commands.writing.access import whose
from bot.commands.writing.beginning import named_record
from bot.commands.writing.comparing import in_words
from bot.domain.difference import between
from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.rendering.pages.overview import HistoryPage, RevisionLine
from bot.rendering.reply import Reply

_A_PAGE: Final = 3  # revisions, each with all that it changed


async def history(context: Context) -> Reply:
    """Return a page of the record's revisions, the newest first."""
    name, page = split_page(context.arguments)
    found = await named_record(context, name, "/history")
    if isinstance(found, Reply):
        return found
    revisions = await context.parts.drafts.history(found.ref)
    shown, paging = cut(revisions[::-1], page, _A_PAGE)
    lines = [_line(context, revision, revisions) for revision in shown]
    record = found.record
    line = f"/history {record.kind}/{record.slug}"
    return context.reply(
        HistoryPage(cards.title(record), lines, paging),
        turning(paging, line, context.labels),
        turns=page is not None,
    )


def _line(context: Context, revision: Revision[Record], revisions: Sequence[Revision[Record]]) -> RevisionLine:
    """Return the revision as it is shown; the first has nothing before it to differ from."""
    number = revision.ref.number
    before = next((earlier.record for earlier in revisions if earlier.ref.number == number - 1), None)
    changed = in_words(context, between(before, revision.record)) if before else ()
    author, change = whose(context, revision.author), revision.change.value
    return RevisionLine(number, revision.recorded, author, change, revision.note, changed, first=before is None)
