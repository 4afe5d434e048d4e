"""/corrections: the public log of what we corrected, and how many messages each correction has reached."""

from typing import Final

from bot.commands import cards
from bot.commands.context import Context
from bot.commands.paging import split_page, turning
from bot.rendering.pages.changing import CorrectionsPage, LoggedCorrection
from bot.rendering.pages.parts import Paging
from bot.rendering.reply import Reply
from bot.services.corrections import Reached
from bot.storage.broadcasts import Broadcast

_A_PAGE: Final = 6


async def corrections(context: Context) -> Reply:
    """Return a page of the log, newest first."""
    _, number = split_page(context.arguments)
    total = await context.parts.corrections.count()
    count = max(1, -(-total // _A_PAGE))
    paging = Paging(min(number or 1, count), count, total)
    found = await context.parts.corrections.newest(_A_PAGE, (paging.number - 1) * _A_PAGE)
    logged = [await _logged(context, item, reached) for item, reached in found]
    buttons = turning(paging, "/corrections", context.labels)
    return context.reply(CorrectionsPage(logged, paging), buttons, turns=number is not None)


async def _logged(context: Context, item: Broadcast, reached: Reached) -> LoggedCorrection:
    corrected = await context.parts.corrections.of(item.publication or 0)
    titles = [cards.title(each.new.record) for each in corrected]
    note = next((each.new.note for each in corrected if each.new.note), "")
    return LoggedCorrection(item.made.date(), titles, note, reached.arrived, reached.waiting, reached.unreachable)
