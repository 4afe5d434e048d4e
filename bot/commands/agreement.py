"""/agreement: one agreement's card."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.commands import cards
from bot.commands.agreements import agreements, show_agreements
from bot.commands.answer import feedback_row
from bot.commands.context import Context
from bot.commands.filters import Filters
from bot.commands.stances import rejecting, stances
from bot.domain.agreement import Agreement, Dates
from bot.domain.base import AgreementLink, Kind
from bot.domain.revision import Revision
from bot.domain.status import Standing, Status, status_on
from bot.rendering.notes import Notes
from bot.rendering.pages.parts import DateLine, Recorded, Related, Relation
from bot.rendering.pages.records import AgreementPage, NotFoundPage
from bot.rendering.reply import Button, Reply

_LED_TO: Final = 4  # buttons to related agreements


async def agreement(context: Context) -> Reply:
    """Return the card of the agreement that is named; the list where none is, or where the words fit several."""
    if not context.arguments:
        return await agreements(context)
    found = context.snapshot.named(context.snapshot.agreements, context.arguments)
    if found is None:
        filters = Filters(text=context.arguments, everywhere=True)
        if context.snapshot.shelf.finder.find(context.arguments).ranked:
            return show_agreements(context, filters)
        buttons = ((Button(context.labels.agreements, "/agreements"),),)
        return context.reply(NotFoundPage("agreement", context.arguments), buttons)
    return await show_agreement(context, found)


async def show_agreement(context: Context, revision: Revision[Agreement]) -> Reply:
    """Return the agreement's card: status, dates, who says what, conditions, what it is related to, sources."""
    record, notes = revision.record, context.notes()
    standing = status_on(record, context.today)
    related = tuple(_related(context, record))
    page = AgreementPage(
        agreement=record,
        standing=standing,
        rejected_by=rejecting(context, record),
        day=context.today,
        purpose=notes.show(record.purpose),
        background=notes.show_all(record.background),
        dates=_dates(record, notes),
        duration=f"{record.duration.words} {notes.marks(record.duration.cite)}" if record.duration else "",
        days_left=_days_left(standing, context.today),
        related=tuple(Related(relation, back, other.record.title) for relation, back, other in related),
        recorded=Recorded(revision.ref.number, revision.recorded.date(), revision.note),
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
    others = dict.fromkeys(other.record for _, _, other in related)
    buttons = (
        *((cards.button(other),) for other in list(others)[:_LED_TO]),
        _leads(context, record),
        (Button(labels.agreements, f"/agreements {record.process}"),),
        feedback_row(context, revision),
    )
    return context.reply(page, buttons, tells=(revision, *notes.told), line=cards.line(Kind.AGREEMENT, record.slug))


def _leads(context: Context, record: Agreement) -> tuple[Button, ...]:
    """Return the buttons to who says what, where anybody could, and to where it all comes from."""
    labels, process = context.labels, context.snapshot.process_of(record)
    quotes = Button(labels.quotes, f"/sources {record.slug}")
    if not (record.positions or (process and process.parties)):
        return (quotes,)
    return Button(labels.positions, f"/positions {record.slug}"), quotes


def _days_left(standing: Standing | None, today: date) -> int | None:
    """Return in how many days it is due to end, None where it is not in effect or no day is given for its end."""
    due = standing.due if standing and standing.status is Status.IN_EFFECT else None
    return (due.first - today).days if due and due.first and due.first == due.last else None


def _related(context: Context, record: Agreement) -> Iterator[tuple[Relation, bool, Revision[Agreement]]]:
    """Yield the agreements that this one renews, supersedes, implements or refers to, then those that do so to it."""
    known = context.snapshot.agreements
    for relation, links in _links(record):
        yield from ((relation, False, known[link]) for link in links if link in known)
    for other in context.snapshot.shelf.pointing_at(record.slug):
        yield from ((relation, True, other) for relation, links in _links(other.record) if record.slug in links)


def _links(record: Agreement) -> tuple[tuple[Relation, tuple[AgreementLink, ...]], ...]:
    return (
        (Relation.RENEWS, record.renews),
        (Relation.SUPERSEDES, record.supersedes),
        (Relation.IMPLEMENTS, record.implements),
        (Relation.REFERS_TO, record.refers_to),
    )


def _dates(record: Agreement, notes: Notes) -> tuple[DateLine, ...]:
    """Return the turns that are recorded, then the dates, in the order of the model."""
    turns = [
        DateLine(event.status.value, event.on, "", None, notes.marks(event.cite)) for event in record.status_events
    ]
    keys = ((name, getattr(record.dates, name)) for name in Dates.model_fields)
    dates = [DateLine(name, key.on, key.words or "", key.perhaps, notes.marks(key.cite)) for name, key in keys if key]
    return (*turns, *dates)
