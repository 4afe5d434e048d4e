"""/asof: what held on a day, by what is known today or by what had been recorded then."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.catalogue.snapshot import Snapshot, in_process
from bot.commands import cards
from bot.commands.context import Context
from bot.commands.days import leading_day
from bot.commands.lookup import title_of
from bot.commands.paging import cut, split_number, turning
from bot.domain.agreement import Agreement
from bot.domain.revision import Revision
from bot.domain.status import status_on
from bot.rendering.pages import AsOfPage, AsOfUsagePage, Listed, NotFoundPage
from bot.rendering.reply import Button, Reply

_A_PAGE: Final = 8
_KNOWN: Final = "known"


async def asof(context: Context) -> Reply:
    """Return the status of each agreement, or of the one named, on the day that is given."""
    day, rest = leading_day(context.arguments, context.today)
    if day is None:
        return context.reply(AsOfUsagePage(context.arguments))
    as_known = rest.startswith(_KNOWN)
    name, number = split_number(rest.removeprefix(_KNOWN).strip())
    snapshot = await _as_known(context, day) if as_known else context.snapshot
    found = snapshot.named(snapshot.agreements, name) if name else None
    if name and found is None and not (as_known and context.snapshot.named(context.snapshot.agreements, name)):
        return context.reply(NotFoundPage("agreement", name))
    slug = context.process.record.slug if context.process else None
    chosen = [found] if found else [] if name else list(in_process(snapshot.agreements, slug))
    return _show(context, chosen, day, as_known=as_known, number=number, name=name)


def _show(
    context: Context, chosen: list[Revision[Agreement]], day: date, *, as_known: bool, number: int, name: str
) -> Reply:
    standings = [Listed(revision.record, status_on(revision.record, day)) for revision in chosen]
    held, paging = cut([item for item in standings if item.standing], number, _A_PAGE)
    later = [item.agreement.title for item in standings if item.standing is None]
    page = AsOfPage(title_of(context.process), day, context.today, as_known, held, later, paging)
    plain = " ".join(filter(None, (f"/asof {day}", name)))
    known = " ".join(filter(None, (f"/asof {day} {_KNOWN}", name)))
    other = Button(context.labels.as_today, plain) if as_known else Button(context.labels.as_known, known)
    line = known if as_known else plain
    buttons = (*((cards.button(item.agreement),) for item in held), *turning(paging, line, context.labels), (other,))
    return context.reply(page, buttons, tells=chosen, line=f"{line} {paging.number}", turns=True)


async def _as_known(context: Context, day: date) -> Snapshot:
    following = datetime.combine(day + timedelta(days=1), time.min, UTC)
    return await context.parts.catalogue.as_known(following)
