"""/party: a party's names and its stance on each agreement; the list of parties."""

from bot.catalogue.snapshot import in_process
from bot.commands import cards
from bot.commands.answer import feedback_row
from bot.commands.context import Context
from bot.commands.stances import of_party
from bot.domain.base import Kind
from bot.domain.party import Party
from bot.domain.revision import Revision
from bot.rendering.pages.records import PartiesPage, PartyPage
from bot.rendering.reply import Button, Reply


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
    agreements = tuple(context.snapshot.agreements.values())
    lines = of_party(context, record, agreements, notes)
    share = context.share(cards.payload(Kind.PARTY, record.slug))
    named = {title for title, _ in lines}
    told = [agreement for agreement in agreements if agreement.record.title in named]
    age = context.oldest(agreement.record for agreement in told)
    page = PartyPage(record, about, lines, age, notes.sources, share)
    buttons = (
        (Button(context.labels.positions, "/positions"), Button(context.labels.agreements, "/agreements")),
        feedback_row(context, revision),
    )
    return context.reply(page, buttons, tells=(revision, *told, *notes.told), line=cards.line(Kind.PARTY, record.slug))


def _list(context: Context, unknown: str = "") -> Reply:
    slug = context.process.record.slug if context.process else None
    parties = [revision.record for revision in in_process(context.snapshot.parties, slug)]
    buttons = tuple((cards.button(record),) for record in parties)
    return context.reply(PartiesPage(parties, unknown), buttons)
