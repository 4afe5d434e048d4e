"""/party: a party's names and its stance on each agreement; the list of parties."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.catalogue.shelf import made_on
from bot.catalogue.snapshot import in_process
from bot.commands import cards
from bot.commands.agreements import naming_party
from bot.commands.answer import feedback_row
from bot.commands.context import Context
from bot.commands.stances import listed, of_party
from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.party import Party
from bot.domain.revision import Revision
from bot.rendering.pages.records import PartiesPage, PartyPage
from bot.rendering.reply import Button, Reply

_NEWEST: Final = 5  # agreements that name the party; the rest is a list of its own


async def party(context: Context) -> Reply:
    """Return the card of the party that is named, by any of its names; the list where none is."""
    if not context.arguments:
        return _list(context)
    found = context.snapshot.named(context.snapshot.parties, context.arguments)
    return await show_party(context, found) if found else _list(context, unknown=context.arguments)


async def show_party(context: Context, revision: Revision[Party]) -> Reply:
    """Return the party's card."""
    record, notes = revision.record, context.notes()
    about = notes.show_all(record.about)
    # Nobody takes positions on what a dataset lists, unless an editor has added them.
    agreements = [rev for rev in context.snapshot.shelf.all if not rev.record.dataset or rev.record.positions]
    lines = of_party(context, record, agreements, notes)
    share = context.share(cards.payload(Kind.PARTY, record.slug))
    named = {title for title, _ in lines}
    told = [agreement for agreement in agreements if agreement.record.title in named]
    age = context.oldest(agreement.record for agreement in told)
    naming = [rev for rev in naming_party(context, revision) if rev not in told]
    made = _newest(naming)
    listing = tuple(listed(context, rev.record, context.today, notes) for rev in made)
    page = PartyPage(record, about, lines, listing, len(naming), age, notes.sources, share)
    buttons = (
        *((cards.button(rev.record),) for rev in made),
        (
            Button(context.labels.positions, "/positions"),
            Button(context.labels.agreements, f"/agreements everywhere {record.name}"),
        ),
        feedback_row(context, revision),
    )
    return context.reply(
        page, buttons, tells=(revision, *told, *made, *notes.told), line=cards.line(Kind.PARTY, record.slug)
    )


def _newest(agreements: Sequence[Revision[Agreement]]) -> Sequence[Revision[Agreement]]:
    """Return the few of them that were made last, the newest first."""
    return sorted(agreements, key=lambda rev: made_on(rev.record) or date.min, reverse=True)[:_NEWEST]


def _list(context: Context, unknown: str = "") -> Reply:
    slug = context.process.record.slug if context.process else None
    parties = [revision.record for revision in in_process(context.snapshot.parties, slug)]
    buttons = tuple((cards.button(record),) for record in parties)
    return context.reply(PartiesPage(parties, unknown), buttons)
