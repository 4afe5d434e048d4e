"""Incoming: a Telegram update becomes a request, or nothing where it is not meant for us."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import User as Me

from bot.channels.telegram.updates import PRIVATE, CallbackQuery, Message, User
from bot.commands.inline import INLINE_CHAT
from bot.commands.request import Chat, ChatKind, Reader, Request, parse_line
from bot.services.buttons import Buttons

ExpectsReply = Callable[[int, int], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in Telegram to answer: the chat, its topic, the message to reply to, the one whose button was pressed.

    A `pressed` message with a picture or a file is `pictured`.
    """

    chat: int
    topic: int | None = None
    reply_to: int | None = None
    pressed: int | None = None
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request with its place; a `request` of None is a button that has expired."""

    place: Place
    request: Request | None


async def from_message(message: Message, me: Me, expects_reply: ExpectsReply, now: datetime) -> Incoming | None:
    """Return the request that a message makes; None in a group where it is not meant for us."""
    reader = _reader(message)
    if reader is None or not message.said:
        return None  # nobody spoke: something happened to the chat
    if message.via_bot and message.via_bot.id == me.id:
        return None  # our own words, which inline mode has sent to our own chat
    private = message.chat.type == PRIVATE
    line = message.text or message.caption or ""
    replied = message.reply_to_message
    ours = replied is not None and replied.from_ is not None and replied.from_.id == me.id
    if not private:
        expected = ours and replied is not None and await expects_reply(message.chat.id, replied.message_id)
        addressed = _addressed(line, me.username or "", expected=expected)
        if addressed is None:
            return None
        line = addressed
    command, arguments = parse_line(line)
    request = Request(
        reader=reader,
        chat=Chat(message.chat.id, ChatKind.PRIVATE if private else ChatKind.GROUP),
        command=command,
        arguments=arguments,
        now=now,
        replied_to=replied.message_id if replied and ours else None,
        home=_home(me),
        named=private or ours or not line.startswith("/") or "@" in line.split(maxsplit=1)[0],
        forwarded=message.forwarded,
        message=message.message_id,
    )
    place = Place(message.chat.id, message.topic, None if private else message.message_id)
    return Incoming(place, request)


async def from_button(query: CallbackQuery, me: Me, buttons: Buttons, now: datetime) -> Incoming | None:
    """Return the request that a pressed button makes; None where the button cannot be one of ours."""
    message = query.message
    if message is None or not query.data:
        return None
    line = await buttons.line_for(query.data, query.from_.id, now)
    place = Place(message.chat.id, message.topic, None, message.message_id, message.pictured)
    if line is None:
        return Incoming(place, None)
    command, arguments = parse_line(line)
    if not command:
        return None
    private = message.chat.type == PRIVATE
    return Incoming(
        place,
        Request(
            reader=_person(query.from_),
            chat=Chat(message.chat.id, ChatKind.PRIVATE if private else ChatKind.GROUP),
            command=command,
            arguments=arguments,
            now=now,
            pressed=message.message_id,
            home=_home(me),
        ),
    )


def from_inline(sender: User, words: str, me: Me, now: datetime) -> Request:
    """Return the request that a person makes by typing our name and these words in any chat."""
    return Request(
        reader=_person(sender),
        chat=Chat(INLINE_CHAT, ChatKind.INLINE),
        command="",
        arguments=words,
        now=now,
        home=_home(me),
    )


def _reader(message: Message) -> Reader | None:
    """Return who wrote it: a person, or the group or channel that an anonymous administrator speaks for."""
    if message.sender_chat:
        return Reader(message.sender_chat.id, message.sender_chat.title or "", "")
    sender = message.from_
    if sender is None or sender.is_bot:
        return None
    return _person(sender)


def _addressed(line: str, username: str, *, expected: bool) -> str | None:
    """Return what is said to us in a group: a command, what stands beside our name, an expected reply; else None."""
    if line.startswith("/"):
        word = line.split(maxsplit=1)[0]
        _, at, bot = word.partition("@")
        return line if not at or bot.lower() == username.lower() else None
    mention = re.compile(rf"(?<!\w)@{re.escape(username)}\b[,:]?", re.IGNORECASE)
    if username and mention.search(line):
        return mention.sub(" ", line).strip()
    return line if expected else None


def _person(user: User) -> Reader:
    return Reader(user.id, user.first_name, user.language_code or "")


def _home(me: Me) -> str:
    return f"https://t.me/{me.username}" if me.username else ""
