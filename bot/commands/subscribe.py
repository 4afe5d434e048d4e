"""/subscribe and /unsubscribe: a chat begins or ends to follow something."""

from collections.abc import Sequence
from typing import Final

from bot.commands import followed as what
from bot.commands.context import Context
from bot.commands.numbers import whole
from bot.commands.subscriptions import card, carried, listed, not_allowed
from bot.domain.following import Mode
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Reply
from bot.services.subscribe import Followed
from bot.storage.subscriptions import Subscription

_NEWS: Final = "news "


async def subscribe(context: Context) -> Reply:
    """Let the chat follow what is named, or its process; return how it hears of it, and buttons to change that."""
    if (refused := not_allowed(context)) is not None:
        return refused
    known, followed = what.named(context, context.arguments)
    if not known:
        return context.reply(NotFoundPage("process", context.arguments))
    request, subscriptions = context.request, context.parts.subscriptions
    locale = context.parts.templates.locale(request.reader.locale)
    new = await subscriptions.start(context.subject.id, followed, locale, request.now)
    return carried(context, await card(context, followed, "subscribed" if new else "already", turns=False))


async def unsubscribe(context: Context) -> Reply:
    """End the subscription that is named, or the only one; the message whose button it was stays."""
    return not_allowed(context) or carried(context, await _unsubscribe(context))


async def _unsubscribe(context: Context) -> Reply:
    chat = context.subject.id
    held = (await context.parts.subscriptions.read(chat)).subscriptions
    words = context.arguments
    if words == what.EVERY_ONE:
        await context.parts.subscriptions.end_all(chat, context.request.now)
        return await listed(context, "ended all", turns=False)
    if words == "digest":
        gone = [item for item in held if item.mode in {Mode.DAILY, Mode.WEEKLY}]
        return await _end_some(context, [what.of(item) for item in gone or held])
    if words.startswith(_NEWS):
        return await _end_some(context, await _brought(context, words.removeprefix(_NEWS), held))
    if not words and len(held) != 1:
        return await listed(context, "list", turns=False)
    item = held[0] if not words else what.held(context, words, held)
    if item is None:
        known, followed = what.named(context, words)
        if not known:
            return context.reply(NotFoundPage("process", words))
        return await listed(context, "was none", what.title(context, followed), turns=False)
    await context.parts.subscriptions.end(chat, what.of(item), context.request.now)
    return await listed(context, "ended", what.title(context, what.of(item)), turns=False)


async def _end_some(context: Context, followed: Sequence[Followed]) -> Reply:
    """End these subscriptions; of one, say which it was."""
    request = context.request
    for item in followed:
        await context.parts.subscriptions.end(context.subject.id, item, request.now)
    if len(followed) == 1:
        return await listed(context, "ended", what.title(context, followed[0]), turns=False)
    return await listed(context, "ended some" if followed else "list", turns=False)


async def _brought(context: Context, word: str, held: Sequence[Subscription]) -> list[Followed]:
    """Return what the chat follows that brought it the broadcast of that number."""
    reached = await context.parts.broadcasts.audience(whole(word))
    return [what.of(item) for item in held if (item.target.record if item.target else None) in reached]
