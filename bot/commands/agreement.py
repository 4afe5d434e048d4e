"""/agreement: one agreement's card."""

from bot.commands import cards
from bot.commands.agreements import agreements
from bot.commands.answer import feedback_row
from bot.commands.context import Context
from bot.commands.stances import rejecting, stances
from bot.domain.agreement import Agreement, Dates
from bot.domain.base import Kind
from bot.domain.revision import Revision
from bot.domain.status import status_on
from bot.rendering.notes import Notes
from bot.rendering.pages.parts import DateLine
from bot.rendering.pages.records import AgreementPage, NotFoundPage
from bot.rendering.reply import Button, Reply


async def agreement(context: Context) -> Reply:
    """Return the card of the agreement that is named; the list where none is."""
    if not context.arguments:
        return await agreements(context)
    found = context.snapshot.named(context.snapshot.agreements, context.arguments)
    if found is None:
        buttons = ((Button(context.labels.agreements, "/agreements"),),)
        return context.reply(NotFoundPage("agreement", context.arguments), buttons)
    return await show_agreement(context, found)


async def show_agreement(context: Context, revision: Revision[Agreement]) -> Reply:
    """Return the agreement's card: status, dates, who says what, conditions, sources."""
    record, notes = revision.record, context.notes()
    page = AgreementPage(
        agreement=record,
        standing=status_on(record, context.today),
        rejected_by=rejecting(context, record),
        day=context.today,
        purpose=notes.show(record.purpose),
        dates=_dates(record, notes),
        duration=f"{record.duration.words} {notes.marks(record.duration.cite)}" if record.duration else "",
        provisions=notes.show_all(provision.text for provision in record.provisions),
        conditions=notes.show_all(record.conditions),
        monitoring=notes.show(record.monitoring.text) if record.monitoring and record.monitoring.text else None,
        outstanding=notes.show_all(record.outstanding),
        stances=stances(context, record, notes),
        age=context.age(record),
        sources=notes.sources,
        share=context.share(cards.payload(Kind.AGREEMENT, record.slug)),
    )
    labels = context.labels
    buttons = (
        (Button(labels.positions, f"/positions {record.slug}"), Button(labels.quotes, f"/sources {record.slug}")),
        (Button(labels.agreements, f"/agreements {record.process}"),),
        feedback_row(context, revision),
    )
    return context.reply(page, buttons, tells=(revision, *notes.told), line=cards.line(Kind.AGREEMENT, record.slug))


def _dates(record: Agreement, notes: Notes) -> tuple[DateLine, ...]:
    """Return the turns that are recorded, then the dates, in the order of the model."""
    turns = [
        DateLine(event.status.value, event.on, "", None, notes.marks(event.cite)) for event in record.status_events
    ]
    keys = ((name, getattr(record.dates, name)) for name in Dates.model_fields)
    dates = [DateLine(name, key.on, key.words or "", key.perhaps, notes.marks(key.cite)) for name, key in keys if key]
    return (*turns, *dates)
