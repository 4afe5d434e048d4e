"""/sources: a process's sources with all credits, or where each statement of a record comes from."""

from typing import Final

from bot.catalogue.snapshot import in_process
from bot.commands import cards
from bot.commands.context import Context
from bot.commands.lookup import process_and_rest, title_of
from bot.commands.paging import cut, marked, split_page, turning
from bot.domain.base import walk
from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.domain.statement import Statement
from bot.rendering.pages.parts import Quoted
from bot.rendering.pages.records import NotFoundPage, QuotesPage, SourcesPage
from bot.rendering.reply import Button, Reply

_A_PAGE: Final = 5


async def sources(context: Context) -> Reply:
    """Return the process's sources, or the quotes behind the question or agreement that is named."""
    words, number = split_page(context.arguments)
    process, name = process_and_rest(context, words)
    if name:
        found = _record(context, name)
        return _quotes(context, found) if found else context.reply(NotFoundPage("told", name))
    slug = process.record.slug if process else None
    shown, paging = cut(in_process(context.snapshot.sources, slug), number, _A_PAGE)
    line = f"/sources {slug}"
    return context.reply(
        SourcesPage(title_of(process), [revision.record for revision in shown], paging),
        turning(paging, line, context.labels),
        tells=shown,
        line=marked(line, paging.number),
        turns=number is not None,
    )


def _record(context: Context, name: str) -> Revision[Record] | None:
    snapshot = context.snapshot
    return snapshot.named(snapshot.questions, name) or snapshot.named(snapshot.agreements, name)


def _quotes(context: Context, revision: Revision[Record]) -> Reply:
    notes = context.notes()
    statements = [value for _, value in walk(revision.record) if isinstance(value, Statement)]
    quoted = []
    for statement in statements:
        shown = notes.show(statement)
        numbers = {str(item.source.slug): item.number for item in notes.sources}
        quoted.append(Quoted(shown, tuple((numbers.get(cite.source, 0), cite) for cite in statement.cite)))
    page = QuotesPage(cards.title(revision.record), quoted, notes.sources)
    buttons = ((Button(context.labels.sources, "/sources"),),)
    return context.reply(page, buttons, tells=(revision, *notes.told), line=f"/sources {revision.record.slug}")
