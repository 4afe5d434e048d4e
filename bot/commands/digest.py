"""/digest: all that came between two broadcasts on some records; it stands behind deliveries and the ledger."""

from typing import Final

from bot.commands import cards
from bot.commands.context import NOTHING, Context
from bot.commands.news import NAMED, published, title_of
from bot.commands.numbers import whole
from bot.domain.record import Record
from bot.domain.revision import Revision
from bot.rendering.markup import paragraphs
from bot.rendering.pages.changing import DigestPage, DigestPart
from bot.rendering.reply import Button, Reply
from bot.services.digests import CORRECTIONS, EVERYTHING, digest_line
from bot.storage.broadcasts import Broadcast, BroadcastKind

_PARTS: Final = 10
_LEADS: Final = 6


async def digest(context: Context) -> Reply:
    """Return what the line names: the numbers that it lies between, and the records followed."""
    words = context.arguments.split()
    only_corrections = CORRECTIONS in words
    numbers = [number for word in words if (number := whole(word)) or word == "0"]
    if len(numbers) < 2:  # noqa: PLR2004 - from and to
        return NOTHING
    after, upto, *targets = numbers
    everything = EVERYTHING in words
    found = await context.parts.broadcasts.concerning(after, upto, targets, everything=everything)
    if only_corrections:
        found = tuple(item for item in found if item.kind is BroadcastKind.CORRECTION)
    tells: list[Revision[Record]] = []
    parts = [_part(context, item, tells) for item in found[:_PARTS]]
    followed = [EVERYTHING] if everything else [str(number) for number in targets]
    line = digest_line(after, upto, followed, only_corrections=only_corrections)
    leads = {revision.ref: cards.button(revision.record) for revision in tells if revision.record.kind in cards.KINDS}
    labels = context.labels
    buttons = (
        *((button,) for button in list(leads.values())[:_LEADS]),
        (Button(labels.hours, "/subscriptions hours"), Button(labels.unsubscribe, "/unsubscribe digest")),
    )
    return context.reply(DigestPage(parts, max(0, len(found) - _PARTS)), buttons, tells=tells, line=line)


def _part(context: Context, item: Broadcast, tells: list[Revision[Record]]) -> DigestPart:
    process, day = title_of(context, item.process), item.made.date()
    if item.kind is BroadcastKind.BULLETIN:
        return DigestPart(item.kind.value, process, day, (), 0, paragraphs(item.body))
    named = published(context, item)
    tells += named[:NAMED]
    titles = [cards.title(revision.record) for revision in named]
    return DigestPart(item.kind.value, process, day, titles[:NAMED], max(0, len(titles) - NAMED))
