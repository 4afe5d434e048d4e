"""/subscribe, /unsubscribe, /subscriptions: following a process."""

from typing import Final

from bot.commands.context import Context
from bot.commands.lookup import process_named
from bot.commands.request import ChatKind
from bot.domain.process import Process
from bot.domain.revision import Revision
from bot.rendering.limits import LABEL_LIMIT, clipped
from bot.rendering.pages.following import SubscriptionsPage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Button, Reply

_LISTED: Final = 20


async def subscribe(context: Context) -> Reply:
    """Subscribe the chat to the process that is named, or to its own."""
    return _only_in_private(context) or await _start(context, context.arguments, turns=False)


async def unsubscribe(context: Context) -> Reply:
    """End the chat's subscription to the process that is named, or to the only one it has."""
    return _only_in_private(context) or await _end(context, context.arguments, turns=False)


async def subscriptions(context: Context) -> Reply:
    """Return what the chat follows. Its buttons begin and end a subscription, and turn the list in place.

    The button below a bulletin does not: the bulletin is to stay.
    """
    if (elsewhere := _only_in_private(context)) is not None:
        return elsewhere
    word, _, slug = context.arguments.partition(" ")
    if word == "start":
        return await _start(context, slug, turns=True)
    if word == "end":
        return await _end(context, slug, turns=True)
    return await _show(context, "list", turns=True)


async def _start(context: Context, words: str, *, turns: bool) -> Reply:
    process = process_named(context, words)
    if process is None:
        return context.reply(NotFoundPage("process", words))
    request = context.request
    locale = context.parts.templates.locale(request.reader.locale)
    new = await context.parts.subscriptions.start(request.chat.id, process.record.slug, locale, request.now)
    return await _show(context, "subscribed" if new else "already", process, turns=turns)


async def _end(context: Context, words: str, *, turns: bool) -> Reply:
    followed = await context.parts.subscriptions.of(context.request.chat.id)
    if not words and len(followed) != 1:
        return await _show(context, "list", turns=turns)
    process = process_named(context, words or followed[0])
    if process is None:
        return context.reply(NotFoundPage("process", words))
    ended = await context.parts.subscriptions.end(context.request.chat.id, process.record.slug)
    return await _show(context, "ended" if ended else "was none", process, turns=turns)


def _only_in_private(context: Context) -> Reply | None:
    """Return the word that a group gets: following is a private matter as yet, None in a private chat."""
    if context.request.chat.kind is ChatKind.PRIVATE:
        return None
    return context.reply(SubscriptionsPage("elsewhere", "", ()))


async def _show(context: Context, state: str, process: Revision[Process] | None = None, *, turns: bool) -> Reply:
    slugs = await context.parts.subscriptions.of(context.request.chat.id)
    known = context.snapshot.processes
    followed = [known[slug].record for slug in slugs[:_LISTED] if slug in known]
    labels = context.labels
    buttons = [(_button(labels.unsubscribe, record, "end"),) for record in followed]
    shown = process or context.process
    if shown and shown.record.slug not in slugs:
        buttons.append((_button(labels.subscribe, shown.record, "start"),))
    title = process.record.title if process else ""
    return context.reply(SubscriptionsPage(state, title, followed), tuple(buttons), turns=turns)


def _button(label: str, process: Process, word: str) -> Button:
    return Button(clipped(f"{label}: {process.title}", LABEL_LIMIT), f"/subscriptions {word} {process.slug}")
