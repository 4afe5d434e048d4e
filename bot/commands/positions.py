"""/positions: who says what, of one agreement or of all in a process."""

from typing import Final

from bot.catalogue.snapshot import in_process
from bot.commands import cards
from bot.commands.context import Context
from bot.commands.lookup import process_and_rest, title_of
from bot.commands.paging import cut, split_number, turning
from bot.commands.stances import stances
from bot.domain.agreement import Agreement
from bot.domain.revision import Revision
from bot.domain.status import status_on
from bot.rendering.pages import Listed, NotFoundPage, Paging, PositionsPage
from bot.rendering.reply import Reply

_A_PAGE: Final = 3


async def positions(context: Context) -> Reply:
    """Return every party's stance, side by side, dated and sourced."""
    words, number = split_number(context.arguments)
    process, name = process_and_rest(context, words)
    if name:
        found = context.snapshot.named(context.snapshot.agreements, name)
        if found is None:
            return context.reply(NotFoundPage("agreement", name))
        return _show(context, [found], "", Paging(1, 1, 1), f"/positions {found.record.slug}")
    slug = process.record.slug if process else None
    shown, paging = cut(in_process(context.snapshot.agreements, slug), number, _A_PAGE)
    return _show(context, list(shown), title_of(process), paging, f"/positions {slug}")


def _show(context: Context, shown: list[Revision[Agreement]], title: str, paging: Paging, line: str) -> Reply:
    notes = context.notes()
    listed = tuple(
        Listed(rev.record, status_on(rev.record, context.today), stances(context, rev.record, notes)) for rev in shown
    )
    buttons = (*((cards.button(rev.record),) for rev in shown), *turning(paging, line, context.labels))
    page = PositionsPage(title, listed, notes.sources, paging)
    turned = context.arguments != "" and f"{line} {paging.number}".endswith(f" {context.arguments}")
    return context.reply(page, buttons, tells=(*shown, *notes.told), line=f"{line} {paging.number}", turns=turned)
