"""/ask and plain text: an answer, the closest questions, or the plain word that there is none."""

from typing import Final

from bot.commands import cards
from bot.commands.answer import show_answer
from bot.commands.context import Context
from bot.commands.finding import find
from bot.commands.lookup import title_of
from bot.commands.missing import not_covered, offered
from bot.commands.start import examples, show_card
from bot.domain.base import Kind
from bot.rendering.pages.asking import AskPage, ChatterPage
from bot.rendering.reply import Button, Reply
from bot.search.finding import Outcome
from bot.services.counting import Counted

QUESTION_LIMIT: Final = 500  # characters; a longer text is a story, and no curated question looks like it


async def ask(context: Context) -> Reply:
    """Return what the catalogue holds for the question."""
    text = " ".join(context.arguments.split())
    if not text or len(text) > QUESTION_LIMIT:
        return context.reply(AskPage(examples(context), QUESTION_LIMIT, too_long=bool(text)))
    slug = context.process.record.slug if context.process else None
    finding = await find(context.parts, context.snapshot, text, slug)
    if finding.outcome is Outcome.ANSWER:
        if context.request.noted:
            context.parts.counting.note(Counted.ANSWERED, context.today)
        best = finding.hits[0]
        if best.kind is Kind.QUESTION and best.slug in context.snapshot.questions:
            return await show_answer(context, context.snapshot.questions[best.slug], best.matched)
        if shown := await show_card(context, best.kind, best.slug):
            return shown
    if finding.outcome is Outcome.SUGGESTIONS:
        found = [cards.card(context.snapshot, hit.kind, hit.slug) for hit in finding.hits]
        buttons = tuple((cards.button(revision.record),) for revision in found if revision)
        return await offered(context, text, buttons)
    if finding.chatter:
        questions = ((Button(context.labels.questions, "/questions"),),)
        return context.reply(ChatterPage(title_of(context.process), examples(context)), questions)
    return await not_covered(context, text)
