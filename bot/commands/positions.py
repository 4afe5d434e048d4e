"""/positions: who says what, of one agreement or of all in a process."""

from collections.abc import Sequence
from typing import Final

from bot.catalogue.snapshot import in_process
from bot.commands import cards
from bot.commands.context import Context
from bot.commands.lookup import process_and_rest, title_of
from bot.commands.paging import cut, marked, split_page, turning
from bot.commands.stances import listed
from bot.domain.agreement import Agreement
from bot.domain.revision import Revision
from bot.rendering.pages.parts import Paging
from bot.rendering.pages.records import NotFoundPage, PositionsPage
from bot.rendering.reply import Reply

_A_PAGE: Final = 3


async def positions(context: Context) -> Reply:
    """Return every party's stance, side by side, dated and sourced."""
    words, number = split_page(context.arguments)
    process, name = process_and_rest(context, words)
    if name:
        found = context.snapshot.named(context.snapshot.agreements, name)
        if found is None:
            return context.reply(NotFoundPage("agreement", name))
        return _show(context, [found], "", Paging(1, 1, 1), f"/positions {found.record.slug}")
    slug = process.record.slug if process else None
    shown, paging = cut(in_process(context.snapshot.agreements, slug), number, _A_PAGE)
    line = f"/positions {slug}"
    return _show(context, shown, title_of(process), paging, line, turns=number is not None)


def _show(
    context: Context,
    shown: Sequence[Revision[Agreement]],
    title: str,
    paging: Paging,
    line: str,
    *,
    turns: bool = False,
) -> Reply:
    notes = context.notes()
    side_by_side = tuple(listed(context, rev.record, context.today, notes, with_stances=True) for rev in shown)
    age = context.oldest(revision.record for revision in shown)
    buttons = (*((cards.button(rev.record),) for rev in shown), *turning(paging, line, context.labels))
    page = PositionsPage(title, side_by_side, age, notes.sources, paging)
    return context.reply(page, buttons, tells=(*shown, *notes.told), line=marked(line, paging.number), turns=turns)
