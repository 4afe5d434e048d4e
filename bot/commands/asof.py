"""/asof: what held on a day, by what is known today or by what had been recorded then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.catalogue.snapshot import Snapshot, in_process
from bot.commands import cards
from bot.commands.context import Context
from bot.commands.days import leading_day
from bot.commands.lookup import title_of
from bot.commands.paging import cut, marked, split_page, turning
from bot.commands.stances import listed
from bot.domain.agreement import Agreement
from bot.domain.revision import Revision
from bot.domain.status import status_on
from bot.rendering.pages.records import AsOfPage, AsOfUsagePage, NotFoundPage
from bot.rendering.reply import Button, Reply

_A_PAGE: Final = 8
_KNOWN: Final = "known"


async def asof(context: Context) -> Reply:
    """Return the status of each agreement, or of the one named, on the day that is given."""
    words, number = split_page(context.arguments)
    day, rest = leading_day(words, context.today)
    if day is None:
        return context.reply(AsOfUsagePage(context.arguments))
    name = rest.removeprefix(_KNOWN).strip()
    named = context.snapshot.named(context.snapshot.agreements, name) if name else None
    if name and named is None:
        return context.reply(NotFoundPage("agreement", name))
    asked = _Asked(day, rest.startswith(_KNOWN), str(named.record.slug) if named else "", number)
    snapshot = await _as_known(context, day) if asked.as_known else context.snapshot
    slug = context.process.record.slug if context.process else None
    chosen = in_process(snapshot.agreements, None if named else slug)
    return _show(context, [rev for rev in chosen if rev.record.slug == asked.slug or not named], asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: the day, by whose knowledge, one agreement's slug or "", and a page or None."""

    day: date
    as_known: bool
    slug: str
    number: int | None

    def line(self, *, as_known: bool) -> str:
        """Return the command line that asks for the same, by that knowledge."""
        return " ".join(filter(None, (f"/asof {self.day}", _KNOWN if as_known else "", self.slug)))


def _show(context: Context, chosen: Sequence[Revision[Agreement]], asked: _Asked) -> Reply:
    standings = [(revision, status_on(revision.record, asked.day)) for revision in chosen]
    shown, paging = cut([revision for revision, standing in standings if standing], asked.number, _A_PAGE)
    later = [revision.record.title for revision, standing in standings if standing is None]
    notes = context.notes()
    page = AsOfPage(
        process=title_of(context.process),
        day=asked.day,
        today=context.today,
        as_known=asked.as_known,
        listed=tuple(listed(context, revision.record, asked.day, notes) for revision in shown),
        later=later,
        age=context.oldest(revision.record for revision in shown),
        sources=notes.sources,
        paging=paging,
    )
    labels, line = context.labels, asked.line(as_known=asked.as_known)
    label = labels.as_today if asked.as_known else labels.as_known
    other = Button(label, marked(asked.line(as_known=not asked.as_known), 1))
    buttons = (*((cards.button(rev.record),) for rev in shown), *turning(paging, line, labels), (other,))
    tells = (*chosen, *notes.told)
    return context.reply(page, buttons, tells=tells, line=marked(line, paging.number), turns=asked.number is not None)


async def _as_known(context: Context, day: date) -> Snapshot:
    """Return what had been recorded by the end of the day; of a day to come, by now."""
    following = datetime.combine(min(day, context.today) + timedelta(days=1), time.min, UTC)
    return await context.parts.catalogue.as_known(following)
