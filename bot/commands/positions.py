"""/positions: the matrix of who says what, of one agreement or of all in a process; one cell with its statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.commands import cards, drawn
from bot.commands.context import Context
from bot.commands.lookup import process_and_rest, title_of
from bot.commands.matrix import Line, by_agreement, by_provision, cell_buttons
from bot.commands.paging import cut, marked, split_page, turning
from bot.commands.stances import listed, of_cell
from bot.domain.agreement import Agreement
from bot.domain.party import Party
from bot.domain.revision import Revision
from bot.rendering.pages.browsing import MatrixCaptionPage
from bot.rendering.pages.parts import Paging
from bot.rendering.pages.records import CellPage, NotFoundPage, PositionsPage
from bot.rendering.reply import Button, Reply

_A_PAGE: Final = 3


async def positions(context: Context) -> Reply:
    """Return every party's stance, side by side, dated and sourced; or one party's on one thing."""
    words, number = split_page(context.arguments)
    words, drawing = drawn.split_picture(words)
    process, name = process_and_rest(context, words)
    if name:
        return await _of_name(context, name, drawing=drawing)
    slug = process.record.slug if process else None
    agreements = _with_stances(context, str(slug or ""))
    shown, paging = cut(agreements, number, _A_PAGE)
    matrix = by_agreement(context, [revision.record for revision in shown])
    page = _Page(shown, matrix, title_of(process), paging, f"/positions {slug}", turns=number is not None)
    return await _draw(context, page) if drawing else _show(context, page)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the matrix: its agreements and lines, what it is of, which page, and the command line without it."""

    shown: Sequence[Revision[Agreement]]
    matrix: Sequence[Line]
    title: str
    paging: Paging
    line: str
    turns: bool = False


def _with_stances(context: Context, process: str) -> Sequence[Revision[Agreement]]:
    """Return the process's agreements; where nobody's stance counts there, those that somebody takes one on."""
    found = context.snapshot.shelf.of_process(process)
    followed = context.snapshot.processes.get(process)
    if followed and followed.record.parties:
        return found
    return [revision for revision in found if revision.record.positions]


async def _of_name(context: Context, name: str, *, drawing: bool) -> Reply:
    """Return the matrix of the agreement that is named, or the cell: `slug party` or `slug provision party`."""
    slug, *cell = name.split()
    agreement = context.snapshot.agreements.get(slug)
    party = context.snapshot.parties.get(cell[-1]) if cell else None
    if agreement and party and len(cell) <= 2:  # noqa: PLR2004 - a provision and a party
        return _cell(context, agreement, party.record, cell[0] if len(cell) > 1 else None)
    found = context.snapshot.named(context.snapshot.agreements, name)
    if found is None:
        return context.reply(NotFoundPage("agreement", name))
    matrix = by_provision(context, found.record)
    page = _Page([found], matrix, found.record.title, Paging(1, 1, 1), f"/positions {found.record.slug}")
    return await _draw(context, page) if drawing else _show(context, page)


def _cell(context: Context, revision: Revision[Agreement], party: Party, provision: str | None) -> Reply:
    record, notes = revision.record, context.notes()
    stances = of_cell(record, party, provision, notes)
    page = CellPage(record.title, party.name, stances, context.age(record), notes.sources)
    slug = record.slug
    buttons = (
        (cards.button(party),),
        (cards.button(record),),
        (Button(context.labels.positions, f"/positions {slug}"),),
    )
    line = " ".join(filter(None, (f"/positions {slug}", provision, str(party.slug))))
    return context.reply(page, buttons, tells=(revision, *notes.told), line=line)


def _show(context: Context, page: _Page) -> Reply:
    notes = context.notes()
    records = [revision.record for revision in page.shown]
    side_by_side = tuple(listed(context, record, context.today, notes, with_stances=True) for record in records)
    several = len(records) > 1
    cells = (row for item in page.matrix for row in (*_heading(item, several=several), *cell_buttons(context, item)))
    to_draw = any(line.cells for line in page.matrix)
    as_picture = ((drawn.button(context, page.line, page.paging.number),),) if to_draw else ()
    buttons = (*cells, *turning(page.paging, page.line, context.labels), *as_picture)
    title = "" if [page.title] == [record.title for record in records] else page.title
    text = PositionsPage(title, side_by_side, context.oldest(records), notes.sources, page.paging)
    line = marked(page.line, page.paging.number)
    return context.reply(text, buttons, tells=(*page.shown, *notes.told), line=line, turns=page.turns)


async def _draw(context: Context, page: _Page) -> Reply:
    notes = context.notes()
    records = [revision.record for revision in page.shown]
    side_by_side = tuple(listed(context, record, context.today, notes, with_stances=True) for record in records)
    age, credit = context.oldest(records), drawn.credit(notes.told)
    drawing = drawn.matrix(page.title, page.matrix, age, credit)
    boxes = drawn.boxes((drawing.title, *drawing.parties, *(line.title for line in drawing.lines)))
    left_out = max((len(line.cells) for line in page.matrix), default=0) - len(drawing.parties)
    text = MatrixCaptionPage(page.title, side_by_side, age, credit, boxes, left_out)
    line = f"{page.line} {drawn.PICTURE}"
    buttons = (*turning(page.paging, line, context.labels), (Button(context.labels.as_text, page.line),))
    tells = (*page.shown, *notes.told)
    line = marked(line, page.paging.number)
    return await drawn.picture(context, drawing, text, buttons, tells=tells, line=line, turns=page.turns)


def _heading(line: Line, *, several: bool) -> tuple[tuple[Button, ...], ...]:
    """Return the button above a line's cells that says of what they are."""
    if line.provision:
        return ((Button(line.title, f"/positions {line.agreement.slug}"),),)
    return ((cards.button(line.agreement),),) if several or line.cells else ()
