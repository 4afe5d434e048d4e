"""/positions: the matrix of who says what, of one agreement or of all in a process; one cell with its statements."""

from collections.abc import Sequence
from typing import Final

from bot.commands import cards
from bot.commands.context import Context
from bot.commands.lookup import process_and_rest, title_of
from bot.commands.matrix import Line, by_agreement, by_provision, cell_buttons
from bot.commands.paging import cut, marked, split_page, turning
from bot.commands.stances import listed, of_cell
from bot.domain.agreement import Agreement
from bot.domain.party import Party
from bot.domain.revision import Revision
from bot.rendering.pages.parts import Paging
from bot.rendering.pages.records import CellPage, NotFoundPage, PositionsPage
from bot.rendering.reply import Button, Reply

_A_PAGE: Final = 3


async def positions(context: Context) -> Reply:
    """Return every party's stance, side by side, dated and sourced; or one party's on one thing."""
    words, number = split_page(context.arguments)
    process, name = process_and_rest(context, words)
    if name:
        return _of_name(context, name)
    slug = process.record.slug if process else None
    agreements = _with_stances(context, str(slug or ""))
    shown, paging = cut(agreements, number, _A_PAGE)
    matrix = by_agreement(context, [revision.record for revision in shown])
    line = f"/positions {slug}"
    return _show(context, shown, matrix, title_of(process), paging, line, turns=number is not None)


def _with_stances(context: Context, process: str) -> Sequence[Revision[Agreement]]:
    """Return the process's agreements; where nobody's stance counts there, those that somebody takes one on."""
    found = context.snapshot.shelf.of_process(process)
    followed = context.snapshot.processes.get(process)
    if followed and followed.record.parties:
        return found
    return [revision for revision in found if revision.record.positions]


def _of_name(context: Context, name: str) -> Reply:
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
    return _show(context, [found], matrix, "", Paging(1, 1, 1), f"/positions {found.record.slug}")


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


def _show(
    context: Context,
    shown: Sequence[Revision[Agreement]],
    matrix: Sequence[Line],
    title: str,
    paging: Paging,
    line: str,
    *,
    turns: bool = False,
) -> Reply:
    notes = context.notes()
    side_by_side = tuple(listed(context, rev.record, context.today, notes, with_stances=True) for rev in shown)
    age = context.oldest(revision.record for revision in shown)
    several = len(shown) > 1
    buttons = (
        *(row for item in matrix for row in (*_heading(item, several=several), *cell_buttons(context, item))),
        *turning(paging, line, context.labels),
    )
    page = PositionsPage(title, side_by_side, age, notes.sources, paging)
    return context.reply(page, buttons, tells=(*shown, *notes.told), line=marked(line, paging.number), turns=turns)


def _heading(line: Line, *, several: bool) -> tuple[tuple[Button, ...], ...]:
    """Return the button above a line's cells that says of what they are."""
    if line.provision:
        return ((Button(line.title, f"/positions {line.agreement.slug}"),),)
    return ((cards.button(line.agreement),),) if several or line.cells else ()
