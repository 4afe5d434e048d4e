"""/timeline: what happened when, oldest first, in pages, as text or drawn."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.catalogue.snapshot import in_process
from bot.commands import drawn
from bot.commands.context import Context
from bot.commands.lookup import process_and_rest, title_of
from bot.commands.paging import cut, marked, split_page, turning
from bot.domain.agreement import Agreement
from bot.domain.dates import When
from bot.domain.event import Event
from bot.domain.revision import Revision
from bot.rendering.notes import Notes
from bot.rendering.pages.browsing import TimelineCaptionPage
from bot.rendering.pages.parts import Happened, Made, Moment
from bot.rendering.pages.records import TimelinePage
from bot.rendering.pictures.drawing import DrawnMoment, TimelineDrawing
from bot.rendering.reply import Button, Reply

_A_PAGE: Final = 6
_UNDATED: Final = When.model_validate("unclear")
Dates = Revision[Event] | Revision[Agreement]


async def timeline(context: Context) -> Reply:
    """Return a page of the process's events, and of its agreements that a dataset lists; undated ones come last."""
    words, number = split_page(context.arguments)
    words, drawing = drawn.split_picture(words)
    process, _ = process_and_rest(context, words)
    slug = str(process.record.slug) if process else ""
    shown, paging = cut(_in_order(context, slug), number, _A_PAGE)
    notes = context.notes()
    moments = tuple(_moment(context, revision.record, notes) for revision in shown)
    age = context.oldest(revision.record for revision in shown)
    line, tells = f"/timeline {slug}", (*shown, *notes.told)
    if drawing:
        title, credit = title_of(process), drawn.credit(notes.told)
        marks = [mark for moment in moments for mark in _drawn(moment)]
        boxes = drawn.boxes((title, *(mark.title for mark in marks)))
        page = TimelineCaptionPage(title, moments, age, credit, boxes, paging)
        as_text = Button(context.labels.as_text, line)
        return await drawn.picture(
            context,
            TimelineDrawing(title, marks, age.as_of if age else None, credit),
            page,
            (*turning(paging, f"{line} {drawn.PICTURE}", context.labels), (as_text,)),
            tells=tells,
            line=marked(f"{line} {drawn.PICTURE}", paging.number),
            turns=number is not None,
        )
    as_picture = ((drawn.button(context, line, paging.number),),) if shown else ()
    return context.reply(
        TimelinePage(title_of(process), moments, age, notes.sources, paging),
        (*turning(paging, line, context.labels), *as_picture),
        tells=tells,
        line=marked(line, paging.number),
        turns=number is not None,
    )


def show_event(context: Context, event: Event, notes: Notes) -> Happened:
    """Return the event as a timeline shows it."""

    def name(slug: str | None) -> str:
        party = context.snapshot.parties.get(slug or "")
        return party.record.name if party else ""

    return Happened(event, notes.show_all(event.text), name(event.alleged_by), name(event.denied_by))


def _in_order(context: Context, process: str) -> Sequence[Dates]:
    events = in_process(context.snapshot.events, process)
    listed = [revision for revision in context.snapshot.shelf.of_process(process) if revision.record.dataset]
    return sorted((*events, *listed), key=lambda revision: _when(revision.record).sort_key)


def _when(record: Event | Agreement) -> When:
    if isinstance(record, Event):
        return record.occurred
    key = record.dates.signed or record.dates.announced
    return key.on if key else _UNDATED


def _moment(context: Context, record: Event | Agreement, notes: Notes) -> Moment:
    if isinstance(record, Event):
        return Moment(happened=show_event(context, record, notes))
    key = record.dates.signed or record.dates.announced
    return Moment(made=Made(record, _when(record), notes.marks(key.cite if key else record.purpose.cite)))


def _drawn(moment: Moment) -> Iterator[DrawnMoment]:
    if moment.happened:
        event = moment.happened.event
        yield DrawnMoment(event.occurred, event.title, event.type.value, moment.happened.alleged_by)
    elif moment.made:
        yield DrawnMoment(moment.made.on, moment.made.agreement.title, "agreement", "")
