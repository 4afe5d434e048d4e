"""/queue reports: thumbs down and reports, by record, with the revision that was told."""

from typing import Final

from bot.commands import cards
from bot.commands.context import Context
from bot.commands.paging import cut, turning
from bot.domain.base import Kind
from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.rendering.limits import LABEL_LIMIT, clipped
from bot.rendering.pages.queue import ComplaintLine, ComplaintPage, ComplaintsPage, RatedLine, ReportLine
from bot.rendering.reply import Button, Reply
from bot.services.complaints import Complained

_A_PAGE: Final = 8
_REPORTS: Final = 8  # of one record, the newest; a phone shows no more


async def waiting(context: Context) -> tuple[tuple[Complained, Revision[Record]], ...]:
    """Return what the desk has not looked at, of the records that are published."""

    def kind_of(record: int) -> Kind | None:
        found = context.snapshot.by_id(record)
        return found.record.kind if found else None

    complained = await context.parts.complaints.all(kind_of)
    found = ((item, context.snapshot.by_id(item.record)) for item in complained)
    return tuple((item, revision) for item, revision in found if revision)


async def listed(context: Context, page: int | None) -> Reply:
    """Return a page of the records that readers complain of, the most complained of first."""
    shown, paging = cut(await waiting(context), page, _A_PAGE)
    lines = [ComplaintLine(cards.title(rev.record), item.down, len(item.reports)) for item, rev in shown]
    buttons = [
        (Button(clipped(cards.title(rev.record), LABEL_LIMIT), f"/queue record {rev.ref.record}"),) for _, rev in shown
    ]
    labels = context.labels
    back = (Button(labels.back_to_queue, "/queue"),)
    page_shown = ComplaintsPage(lines, paging)
    return context.reply(page_shown, (*buttons, *turning(paging, "/queue reports", labels), back), turns=True)


async def shown(context: Context, record: int) -> Reply:
    """Return what is said against one record, by revision, with the buttons to edit it and to be done with it."""
    found = next(((item, rev) for item, rev in await waiting(context) if item.record == record), None)
    if found is None:
        return await listed(context, None)
    item, revision = found
    name = f"{revision.record.kind}/{revision.record.slug}"
    labels = context.labels
    page = ComplaintPage(
        title=cards.title(revision.record),
        newest=revision.ref.number,
        rated=[RatedLine(rated.ref.number, rated.up, rated.down) for rated in item.rated],
        reports=[
            ReportLine(report.id, ref.number, report.made.date(), report.text)
            for ref, report in item.reports[-_REPORTS:]
        ],
        more=max(0, len(item.reports) - _REPORTS),
    )
    buttons = (
        (Button(labels.edit, f"/edit {name}"), Button(labels.history, f"/history {name}")),
        (Button(labels.looked_at, f"/queue seen {record}"),),
        (Button(labels.back_to_complaints, "/queue reports"),),
    )
    return context.reply(page, buttons, turns=True)


async def seen(context: Context, record: int) -> Reply:
    """Note that the desk has looked at what is said against the record, and go back to the list."""
    revision, request = context.snapshot.by_id(record), context.request
    if revision:
        title = cards.title(revision.record)
        await context.parts.complaints.seen(record, title, request.reader.id, request.now)
    return await listed(context, None)
