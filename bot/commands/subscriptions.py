"""/subscriptions: what the chat follows and how it hears of it, changed in place."""

from dataclasses import replace
from typing import Final

from bot.commands import followed as what
from bot.commands.context import Context
from bot.commands.hours import HOURS, hours, marked
from bot.commands.request import ChatKind
from bot.domain.following import Hours, Mode
from bot.rendering.limits import LABEL_LIMIT, clipped
from bot.rendering.pages.following import FollowedLine, FollowingPage
from bot.rendering.reply import Button, Reply
from bot.services.subscribe import Followed

_MODES: Final = {"o": Mode.AT_ONCE, "d": Mode.DAILY, "w": Mode.WEEKLY, "c": Mode.CORRECTIONS}
_WORDS: Final = {mode: word for word, mode in _MODES.items()}
_BEGIN: Final = "f"
_END: Final = "x"
_LISTED: Final = 20


async def subscriptions(context: Context) -> Reply:
    """Return what the chat follows, or change how: a subscription's word and a way, or an hour, a zone, a pause."""
    return not_allowed(context) or carried(context, await _subscriptions(context))


def not_allowed(context: Context) -> Reply | None:
    """Return the word that is said where following does not work, or is for administrators; None where it may be."""
    kind = context.subject.kind
    if kind is ChatKind.PRIVATE or (kind is ChatKind.GROUP and context.request.administers):
        return None
    return context.reply(FollowingPage("administrators" if kind is ChatKind.GROUP else "elsewhere"))


def carried(context: Context, reply: Reply) -> Reply:
    """Return the reply with buttons that are about the same chat as the request, where that is another."""
    name = context.request.about_name
    if not name:
        return reply

    def about(button: Button) -> Button:
        return replace(button, line=f"{button.line} {name}") if button.line.startswith("/subscriptions") else button

    messages = (
        replace(message, buttons=tuple(tuple(map(about, row)) for row in message.buttons)) for message in reply.messages
    )
    return replace(reply, messages=tuple(messages))


async def _subscriptions(context: Context) -> Reply:
    word, _, rest = context.arguments.partition(" ")
    if word in HOURS:
        if (changed := await hours(context, word, rest.strip())) is not None:
            return changed
        return await listed(context, "list", turns=True)
    held = (await context.parts.subscriptions.read(context.subject.id)).subscriptions
    words, _, way = context.arguments.rpartition(" ")
    if way == _BEGIN and (known := what.named(context, words))[0]:
        locale = context.parts.templates.locale(context.request.reader.locale)
        await context.parts.subscriptions.start(context.subject.id, known[1], locale, context.request.now)
        return await card(context, known[1], "subscribed", turns=True)
    if way not in {*_MODES, _END}:
        words, way = context.arguments, ""
    item = what.held(context, words, held) if words else None
    if item is None:
        return await listed(context, "list", turns=True)
    now, chat = context.request.now, context.subject.id
    followed = what.of(item)
    if way == _END:
        await context.parts.subscriptions.end(chat, followed, now)
        return await listed(context, "ended", what.title(context, followed), turns=True)
    if way:
        await context.parts.subscriptions.set_mode(chat, followed, _MODES[way], now)
    return await card(context, followed, "shown", turns=True)


async def listed(context: Context, state: str, title: str = "", *, turns: bool) -> Reply:
    """Return all that the chat follows, each behind a button."""
    following = await context.parts.subscriptions.read(context.subject.id)
    shown = following.subscriptions[:_LISTED]
    lines = [FollowedLine(what.title(context, what.of(item)), item.mode) for item in shown]
    labels = context.labels
    buttons = [
        (_button(line.title or labels.everything, f"/subscriptions {what.word_of(what.of(item))}"),)
        for line, item in zip(lines, shown, strict=True)
    ]
    process = context.process
    if process and str(process.record.slug) not in {item.target.slug for item in shown if item.target}:
        buttons.append(
            (
                _button(
                    f"{labels.subscribe}: {process.record.title}", f"/subscriptions p_{process.record.slug} {_BEGIN}"
                ),
            )
        )
    if shown:
        buttons.append((Button(labels.hours, "/subscriptions hours"),))
    if wishes := await context.parts.queue.wishes(context.request.chat.id):
        buttons.append((Button(f"{labels.waiting_for} ({len(wishes)})", "/tellme"),))
    paused = following.follower.paused_until if following.follower else None
    page = FollowingPage(state, title, lines, paused=paused and paused.date())
    return context.reply(page, tuple(buttons), turns=turns)


async def card(context: Context, followed: Followed, state: str, *, turns: bool) -> Reply:
    """Return one subscription with the ways to hear of it, the one chosen marked."""
    following = await context.parts.subscriptions.read(context.subject.id)
    mode = next((item.mode for item in following.subscriptions if what.of(item) == followed), Mode.AT_ONCE)
    labels, word = context.labels, what.word_of(followed)
    named = {
        Mode.AT_ONCE: labels.at_once,
        Mode.DAILY: labels.daily,
        Mode.WEEKLY: labels.weekly,
        Mode.CORRECTIONS: labels.only_corrections,
    }
    ways = [Button(marked(named[way], way is mode), f"/subscriptions {word} {_WORDS[way]}") for way in Mode]
    buttons = (
        (ways[0], ways[3]),
        (ways[1], ways[2]),
        (Button(labels.hours, "/subscriptions hours"),),
        (Button(labels.unsubscribe, f"/subscriptions {word} {_END}"), Button(labels.all_followed, "/subscriptions")),
    )
    chosen = following.follower.hours if following.follower else Hours()
    page = FollowingPage(state, what.title(context, followed), (FollowedLine("", mode),), hours=chosen)
    return context.reply(page, buttons, turns=turns)


def _button(label: str, line: str) -> Button:
    return Button(clipped(label, LABEL_LIMIT), line)
