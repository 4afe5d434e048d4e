"""/stats: the week at a glance beside the one before, and the days as a table."""

from typing import Final

from bot.catalogue.due import due
from bot.commands import cards
from bot.commands.context import Context
from bot.rendering.pages.overview import NumberLine, StatsPage
from bot.rendering.reply import Button, Document, Reply
from bot.services.counting import Counted
from bot.services.statistics import Compared, Week

_TABLE: Final = "csv"
_ASKED: Final = (Counted.ANSWERED, Counted.OFFERED, Counted.REFUSED)


async def stats(context: Context) -> Reply:
    """Return the week's numbers, or with `csv` the last days as a file."""
    if context.arguments.lower() == _TABLE:
        return await _table(context)
    week = await context.parts.statistics.week(context.today)
    page = StatsPage(
        last=week.last,
        numbers=_numbers(week),
        top=[(_title(context, record), number) for record, number in week.top],
        followers=week.followers,
        waiting=week.waiting,
        wishes=week.wishes,
        stale=len(due(context.snapshot, context.today)),
    )
    labels = context.labels
    buttons = ((Button(labels.as_csv, "/stats csv"),), (Button(labels.back_to_queue, "/queue"),))
    return context.reply(page, buttons)


async def _table(context: Context) -> Reply:
    data = await context.parts.statistics.table(context.today, lambda record: _title(context, record))
    message = context.message(StatsPage(context.today, (), (), 0, 0, 0, 0))
    return Reply((message.with_document(Document(f"parley-{context.today}.csv", data)),))


def _numbers(week: Week) -> list[NumberLine]:
    """Return what is shown of the week: questions first, then how they went, then what readers and the desk did."""
    counted = {
        "asked": _sum(week, *_ASKED),
        "answered": week.of(Counted.ANSWERED),
        "offered": week.of(Counted.OFFERED),
        "refused": week.of(Counted.REFUSED),
        "up": week.of("rated up"),
        "down": week.of("rated down"),
        "reports": week.of("reported"),
        "told": week.of("messages told"),
        "followed": week.of("began to follow"),
        "delivered": week.of("broadcast sent"),
        "failed": _sum(week, "broadcast failed", "broadcast given up"),
    }
    return [NumberLine(what, number.now, number.before) for what, number in counted.items()]


def _sum(week: Week, *what: str) -> Compared:
    found = [week.of(each) for each in what]
    return Compared(sum(item.now for item in found), sum(item.before for item in found))


def _title(context: Context, record: int) -> str:
    found = context.snapshot.by_id(record)
    return cards.title(found.record) if found else str(record)
