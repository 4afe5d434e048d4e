"""/questions: all questions of a process that have an answer, in pages."""

from typing import Final

from bot.catalogue.snapshot import in_process
from bot.commands import cards
from bot.commands.context import Context
from bot.commands.lookup import process_and_rest, title_of
from bot.commands.paging import cut, split_page, turning
from bot.rendering.pages.asking import QuestionsPage
from bot.rendering.reply import Reply

_A_PAGE: Final = 8


async def questions(context: Context) -> Reply:
    """Return a page of questions, each with its command and a button."""
    words, number = split_page(context.arguments)
    process, _ = process_and_rest(context, words)
    slug = process.record.slug if process else None
    shown, paging = cut([rev.record for rev in in_process(context.snapshot.questions, slug)], number, _A_PAGE)
    line = f"/questions {slug}"
    buttons = (*((cards.button(record),) for record in shown), *turning(paging, line, context.labels))
    page = QuestionsPage(title_of(process), shown, paging)
    return context.reply(page, buttons, turns=number is not None)
