"""/start: the welcome, and the cards that deep links and buttons lead to."""

from typing import Final

from bot.catalogue.snapshot import in_process
from bot.commands import cards
from bot.commands.agreement import show_agreement
from bot.commands.answer import show_answer
from bot.commands.brief import show_brief
from bot.commands.context import Context
from bot.commands.party import show_party
from bot.domain.base import Kind
from bot.rendering.pages.asking import StartPage
from bot.rendering.reply import Button, Reply

_EXAMPLES: Final = 3


async def start(context: Context) -> Reply:
    """Return the card that the payload names, or the welcome; a link that leads nowhere says so."""
    if context.arguments in {"", cards.ASK}:
        return _welcome(context, lost_link=False)
    letter, _, slug = context.arguments.partition("_")
    kind = cards.PAYLOADS.get(letter)
    return await show_card(context, kind, slug) or _welcome(context, lost_link=True)


async def show_card(context: Context, kind: Kind | None, slug: str) -> Reply | None:
    """Return the card of that record, None where there is no such record."""
    snapshot = context.snapshot
    match kind:
        case Kind.QUESTION if slug in snapshot.questions:
            return await show_answer(context, snapshot.questions[slug])
        case Kind.AGREEMENT if slug in snapshot.agreements:
            return await show_agreement(context, snapshot.agreements[slug])
        case Kind.PROCESS if slug in snapshot.processes:
            return await show_brief(context, snapshot.processes[slug])
        case Kind.PARTY if slug in snapshot.parties:
            return await show_party(context, snapshot.parties[slug])
    return None


def examples(context: Context) -> tuple[str, ...]:
    """Return a few questions that have an answer, to show how to ask."""
    slug = context.process.record.slug if context.process else None
    return tuple(rev.record.question for rev in in_process(context.snapshot.questions, slug)[:_EXAMPLES])


def _welcome(context: Context, *, lost_link: bool) -> Reply:
    labels, process = context.labels, context.process
    rows: list[tuple[Button, ...]] = [(Button(labels.brief, "/brief"), Button(labels.questions, "/questions"))]
    rows.append((Button(labels.agreements, "/agreements"), Button(labels.help, "/help")))
    if len(context.snapshot.processes) > 1:
        rows.append((Button(labels.topics, "/topics"),))
    page = StartPage(process.record if process else None, examples(context), lost_link)
    return context.reply(page, tuple(rows))
