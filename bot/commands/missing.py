"""What a reader can do about a question without an answer: say that none offered is meant, ask to be told, withdraw."""

from bot.commands.context import NOTHING, Context
from bot.commands.lookup import title_of
from bot.commands.request import ChatKind
from bot.commands.start import show_card
from bot.commands.writing.access import number_in
from bot.domain.base import Kind
from bot.rendering.limits import LABEL_LIMIT, clipped
from bot.rendering.pages.asking import NotCoveredPage, SuggestionsPage
from bot.rendering.pages.queue import AnsweredPage, WishPage
from bot.rendering.reply import Button, Reply, Rows
from bot.services.counting import Counted
from bot.services.queue import Kept, Receipt
from bot.storage.queue import State, Wish


async def offered(context: Context, words: str, buttons: Rows) -> Reply:
    """Return the closest records as buttons, and one that says that it is none of them."""
    receipt = await _kept(context, words, State.OFFERED)
    if receipt.number:
        buttons = (*buttons, (Button(context.labels.none_of_these, f"/none {receipt.number}"),))
    return context.reply(SuggestionsPage(words), buttons)


async def not_covered(context: Context, words: str) -> Reply:
    """Return that nothing answers it, whether the desk has the question now, and the button that asks to be told."""
    return _not_covered(context, words, await _kept(context, words, State.OPEN))


async def none(context: Context) -> Reply:
    """Put the question into the queue whose offered answers were none; it only stands behind a button."""
    number = number_in(context.arguments)
    asked = await context.parts.queue.none_of_these(number, context.request.reader.id) if number else None
    if asked is None:
        return NOTHING
    if asked.state is State.OFFERED:
        context.parts.counting.note(Counted.NONE_OF_THESE, context.today)
    return _not_covered(context, asked.words, Receipt(Kept.KEPT, number), turns=True)


async def tellme(context: Context) -> Reply:
    """Keep the wish to hear of an answer to a question, `12`, end one, `end 3`, or list them all."""
    request, queue = context.request, context.parts.queue
    word, _, ended = context.arguments.partition(" ")
    if request.chat.kind is not ChatKind.PRIVATE:
        return NOTHING
    if not word:
        return await _wishes(context)
    if word == "end":
        wish = await queue.end_wish(number_in(ended), request.chat.id)
        return _wish(context, "ended" if wish else "was none", wish)
    locale = context.parts.templates.locale(request.reader.locale)
    kept = await queue.wish(number_in(word), request.reader.id, request.chat.id, locale, request.now)
    if kept is None:
        return NOTHING
    return _wish(context, "kept", kept) if isinstance(kept, Wish) else _wish(context, "too many", None)


async def told(context: Context) -> Reply:
    """Return the answer that somebody asked to be told of: `question what-was-agreed`. It stands behind deliveries."""
    kind, _, slug = context.arguments.partition(" ")
    card = await show_card(context, Kind(kind), slug) if kind in set(Kind) else None
    return Reply((context.message(AnsweredPage(gone=card is None)), *(card.messages if card else ())))


async def _kept(context: Context, words: str, state: State) -> Receipt:
    request = context.request
    if not request.noted:
        return Receipt(Kept.KEPT)
    context.parts.counting.note(Counted.OFFERED if state is State.OFFERED else Counted.REFUSED, context.today)
    process = str(context.process.record.slug) if context.process else ""
    return await context.parts.queue.missed(request.reader.id, process, words, state, request.now)


def _not_covered(context: Context, words: str, receipt: Receipt, *, turns: bool = False) -> Reply:
    labels, noted = context.labels, context.request.noted
    private = context.request.chat.kind is ChatKind.PRIVATE
    wish = ((Button(labels.tell_me, f"/tellme {receipt.number}"),),) if receipt.number and private else ()
    page = NotCoveredPage(words, title_of(context.process), receipt.kept.value if noted else "")
    return context.reply(page, (*wish, (Button(labels.questions, "/questions"),)), turns=turns)


async def _wishes(context: Context) -> Reply:
    """Return all that the chat waits for, each with the button that ends it."""
    wishes = await context.parts.queue.wishes(context.request.chat.id)
    label = context.labels.stop_waiting
    buttons = [(Button(clipped(f"{label}: {wish.words}", LABEL_LIMIT), f"/tellme end {wish.id}"),) for wish in wishes]
    return context.reply(WishPage("list", "", [wish.words for wish in wishes]), tuple(buttons), turns=True)


def _wish(context: Context, state: str, wish: Wish | None) -> Reply:
    stop = ((Button(context.labels.stop_waiting, f"/tellme end {wish.id}"),),) if wish and state == "kept" else ()
    return context.reply(WishPage(state, wish.words if wish else "", ()), stop, turns=True)
