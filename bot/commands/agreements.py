"""/agreements: by process, party, country, stage, year, status on a day, and by words, in pages."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.catalogue.shelf import Shelf
from bot.commands import cards
from bot.commands.context import Context
from bot.commands.filters import Filters, Who, read_filters
from bot.commands.paging import cut, marked, split_page, turning
from bot.commands.stances import listed
from bot.domain.agreement import Agreement
from bot.domain.party import Party
from bot.domain.revision import Revision
from bot.rendering.pages.browsing import AgreementsPage
from bot.rendering.pages.parts import FiltersShown
from bot.rendering.reply import Button, Reply

_A_PAGE: Final = 6
_NEARLY: Final = 0.8  # of the best: a year narrows words down only where that leaves something as near to them
Found = Sequence[Revision[Agreement]]


async def agreements(context: Context) -> Reply:
    """Return a page of the agreements that the words behind the command narrow down to."""
    words, number = split_page(context.arguments)
    return show_agreements(context, read_filters(context, words), number)


def show_agreements(context: Context, filters: Filters, number: int | None = None) -> Reply:
    """Return a page of what the filters leave; where they name no process, of the chat's own or of all."""
    filters, found = narrowed(context, filters)
    day = filters.on or context.today
    shown, paging = cut(found, number, _A_PAGE)
    notes = context.notes()
    page = AgreementsPage(
        filters=in_words(filters),
        not_understood=filters.unknown,
        listed=tuple(listed(context, revision.record, day, notes) for revision in shown),
        age=context.oldest(revision.record for revision in shown),
        sources=notes.sources,
        paging=paging,
        day=day,
    )
    elsewhere = () if filters.everywhere or not filters.process else ((_everywhere(context, filters),),)
    buttons = (
        *((cards.button(rev.record),) for rev in shown),
        *turning(paging, filters.line, context.labels),
        *(elsewhere if len(context.snapshot.processes) > 1 else ()),
    )
    line = marked(filters.line, paging.number)
    return context.reply(page, buttons, tells=(*shown, *notes.told), line=line, turns=number is not None)


def _everywhere(context: Context, filters: Filters) -> Button:
    return Button(context.labels.everywhere, replace(filters, process=None, everywhere=True).line)


def narrowed(context: Context, filters: Filters) -> tuple[Filters, Found]:
    """Return what the filters leave, and the filters with the process that it is from, where it is from one."""
    shelf = context.snapshot.shelf
    if filters.process:
        return filters, _matching(shelf, filters, shelf.of_process(filters.process.record.slug), context)
    own = context.process
    if own and not filters.everywhere and not filters.text:
        here = _matching(shelf, filters, shelf.of_process(own.record.slug), context)
        if here or not filters.reaches_out:
            return replace(filters, process=own), here
    return replace(filters, everywhere=True), _matching(shelf, filters, shelf.all, context)


def naming_party(context: Context, party: Revision[Party]) -> Found:
    """Return all agreements that are of the party: it takes a position on them, signed them, or is their country."""
    shelf = context.snapshot.shelf
    who = Who(party.record.name, party, shelf.country(party.record.name) or "")
    return [revision for revision in shelf.all if _concerns(shelf, revision.record, who)]


def _matching(shelf: Shelf, filters: Filters, among: Found, context: Context) -> Found:
    left = _fitting(shelf, filters, among, context)
    years = shelf.years
    if not filters.text:
        return [rev for rev in left if filters.year is None or years[rev.record.slug] == filters.year]
    by_slug = {str(revision.record.slug): revision for revision in left}
    ranked = [hit for hit in shelf.finder.find(filters.text).ranked if hit.key in by_slug]
    in_year = [hit for hit in ranked if filters.year in {None, years[hit.key]}]
    nearest = max((hit.share for hit in ranked), default=0.0)
    chosen = in_year if any(hit.share >= _NEARLY * nearest for hit in in_year) else ranked
    return [by_slug[hit.key] for hit in chosen]


def _fitting(shelf: Shelf, filters: Filters, among: Found, context: Context) -> Found:
    """Return those of the stage, of the status on the day, and of everybody who is named."""
    if filters.stage:
        among = [revision for revision in among if revision.record.stage is filters.stage]
    if filters.status or filters.on:
        standings = shelf.standings(filters.on or context.today)
        stood = ((revision, standings[revision.record.slug]) for revision in among)
        among = [rev for rev, standing in stood if standing and filters.status in {None, standing.status}]
    for who in filters.who:
        among = [revision for revision in among if _concerns(shelf, revision.record, who)]
    return among


def _concerns(shelf: Shelf, agreement: Agreement, who: Who) -> bool:
    """Return whether the agreement is of that country, or the party takes a position on it or has signed it."""
    if who.country and who.country in agreement.countries:
        return True
    if not who.party:
        return False
    party = who.party.record
    taken = any(position.party == party.slug for position in agreement.positions)
    return taken or agreement.slug in shelf.naming(party)


def in_words(filters: Filters) -> FiltersShown:
    """Return the filters as a page shows them."""
    return FiltersShown(
        process=filters.process.record.title if filters.process else "",
        who=tuple(who.name for who in filters.who),
        status=filters.status.value if filters.status else "",
        on=filters.on,
        stage=filters.stage.value if filters.stage else "",
        year=filters.year,
        text=filters.text,
    )
