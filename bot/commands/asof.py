"""/asof: what held on a day, by what is known today or by what had been recorded then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.catalogue.shelf import made_on
from bot.catalogue.snapshot import Snapshot, in_process
from bot.commands import cards
from bot.commands.agreements import narrowed
from bot.commands.context import Context
from bot.commands.days import leading_day
from bot.commands.filters import Filters, read_filters
from bot.commands.lookup import title_of
from bot.commands.paging import cut, marked, split_page, turning
from bot.commands.stances import listed
from bot.domain.agreement import Agreement
from bot.domain.revision import Revision
from bot.domain.status import status_on
from bot.rendering.pages.records import AsOfPage, AsOfUsagePage, NotFoundPage
from bot.rendering.reply import Button, Reply

_A_PAGE: Final = 8
_LATER: Final = 5  # of those that came later, so many are named
_KNOWN: Final = "known"


async def asof(context: Context) -> Reply:
    """Return the status on the day that is given of each agreement, of those that are named or narrowed down to."""
    words, number = split_page(context.arguments)
    day, rest = leading_day(words, context.today)
    if day is None:
        return context.reply(AsOfUsagePage(context.arguments))
    as_known = rest.split(maxsplit=1)[:1] == [_KNOWN]
    chosen = _chosen(context, rest.removeprefix(_KNOWN).strip() if as_known else rest, day)
    if chosen is None:
        return context.reply(NotFoundPage("agreement", rest))
    asked = _Asked(day, as_known, chosen.name, number, chosen.title)
    if not as_known:
        return _show(context, chosen.agreements, asked)
    then = await _as_known(context, day)
    if chosen.process is not None:
        return _show(context, in_process(then.agreements, chosen.process), asked)
    slugs = [str(revision.record.slug) for revision in chosen.agreements]
    return _show(context, [then.agreements[slug] for slug in slugs if slug in then.agreements], asked)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The agreements that are asked for, the words that ask for the same, and the process where they are all of it."""

    agreements: Sequence[Revision[Agreement]]
    name: str
    title: str
    process: str | None = None


def _chosen(context: Context, name: str, day: date) -> _Chosen | None:
    """Return the process's agreements, or those of what is named: a party or country, an agreement, a process, words.

    None where nothing is called so.
    """
    snapshot = context.snapshot
    filters = read_filters(context, name)
    if filters.only_who:  # "russia ukraine" is also in the middle of a title
        return _narrowed(context, replace(filters, everywhere=True), name, day)
    if name and (agreement := snapshot.named(snapshot.agreements, name)):
        process = snapshot.processes.get(agreement.record.process)
        return _Chosen((agreement,), str(agreement.record.slug), title_of(process))
    process = snapshot.named(snapshot.processes, name) if name else context.process
    if process:
        slug = str(process.record.slug)
        return _Chosen(snapshot.shelf.of_process(slug), slug if name else "", title_of(process), slug)
    if filters.unknown:
        return None
    return _narrowed(context, filters, name, day) if name else _Chosen((), "", "")


def _narrowed(context: Context, filters: Filters, name: str, day: date) -> _Chosen | None:
    narrower, found = narrowed(context, replace(filters, on=day))
    title = title_of(narrower.process) or ", ".join(who.name for who in filters.who) or name
    return _Chosen(found, name, title) if found else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: the day, by whose knowledge, of what (""), a page or None, and what to call it."""

    day: date
    as_known: bool
    name: str
    number: int | None
    title: str

    def line(self, *, as_known: bool) -> str:
        """Return the command line that asks for the same, by that knowledge."""
        return " ".join(filter(None, (f"/asof {self.day}", _KNOWN if as_known else "", self.name)))


def _show(context: Context, chosen: Sequence[Revision[Agreement]], asked: _Asked) -> Reply:
    standings = [(revision, status_on(revision.record, asked.day)) for revision in _newest_first(chosen)]
    shown, paging = cut([revision for revision, standing in standings if standing], asked.number, _A_PAGE)
    later = [revision for revision, standing in standings if standing is None]
    notes = context.notes()
    page = AsOfPage(
        process=asked.title,
        day=asked.day,
        today=context.today,
        as_known=asked.as_known,
        listed=tuple(listed(context, revision.record, asked.day, notes) for revision in shown),
        later=[revision.record.title for revision in later[:_LATER]],
        later_count=len(later),
        age=context.oldest(revision.record for revision in shown),
        sources=notes.sources,
        paging=paging,
    )
    labels, line = context.labels, asked.line(as_known=asked.as_known)
    label = labels.as_today if asked.as_known else labels.as_known
    other = Button(label, marked(asked.line(as_known=not asked.as_known), 1))
    buttons = (*((cards.button(rev.record),) for rev in shown), *turning(paging, line, labels), (other,))
    tells = (*shown, *later[:_LATER], *notes.told)
    return context.reply(page, buttons, tells=tells, line=marked(line, paging.number), turns=asked.number is not None)


def _newest_first(chosen: Sequence[Revision[Agreement]]) -> Sequence[Revision[Agreement]]:
    """Return them in their order, but those of datasets, which may be hundreds, the newest first."""
    return sorted(chosen, key=_order)


def _order(revision: Revision[Agreement]) -> tuple[bool, int]:
    made = made_on(revision.record) if revision.record.dataset else None
    return bool(revision.record.dataset), -made.toordinal() if made else 0


async def _as_known(context: Context, day: date) -> Snapshot:
    """Return what had been recorded by the end of the day; of a day to come, by now."""
    following = datetime.combine(min(day, context.today) + timedelta(days=1), time.min, UTC)
    return await context.parts.catalogue.as_known(following)
