"""A strict Telegram Bot API server on a loopback port: it refuses what Telegram refuses, and more.

A test drives it as people do, and lets the bot under test talk to it over real HTTP:

    async with FakeTelegram(token="123456789:TEST-TOKEN") as telegram:
        ann = telegram.person(first_name="Ann")
        chat = ann.private_chat()
        chat.send("/start")                           # queues an update; the bot fetches it with getUpdates
        (hello,) = await chat.wait_for_messages()     # what Ann sees: BotMessage(text, keyboard, …)
        chat.press(hello, label="Topics")
        await chat.wait_for_edit(hello)
        await telegram.idle()
        assert telegram.refusals == []                # nothing malformed was ever sent

Where things are
    server.py     FakeTelegram: the HTTP server, the log of calls, and the methods a test drives it with
    dispatch.py   one request from its raw parameters to its reply: checks, interceptors, handler
    wire.py       raw parameters out of a GET query, JSON, a form or multipart
    methods.py    the methods and parameters this server supports, as a hand-written table
    params.py     raw parameters read and checked against that table
    spec.py       the same request checked against the whole Bot API specification, where its file is at hand
    errors.py     ApiError: what a refusal carries
    payload.py    the Json alias, and narrow readers for it
    bell.py       waiting for a condition without sleeping
    world.py      all state: people, chats, queued updates, queries to answer
    people.py     Person: their private chat, blocking the bot, inline mode
    room.py       a chat's state: members, topics, messages
    standing.py   what the bot is in a chat, and what closed chats answer
    watching.py   what a test sees of a chat: the bot's messages, and waiting for them
    chat.py       FakeChat: a chat as people use it: send, edit, press, kick the bot
    messages.py   BotMessage, Button, and the stored message behind them
    files.py      photos and documents by id, and their download paths
    inline.py     messages sent through inline mode
    inline_results.py  what may be offered to an inline query
    updates.py    the update queue with its confirming and conflict rules
    webhook.py    the same queue delivered to a webhook on this machine
    queries.py    callback and inline queries waiting for their one answer
    profile.py    commands by scope and language, name and descriptions
    textual.py    a text with entities: cleaning, trimming, limits
    markup.py     the HTML parse mode
    links.py      which links Telegram keeps
    detect.py     commands, mentions, hashtags and links in what a person types
    keyboards.py  reply_markup
    handlers/     what each Bot API method does
    console.py    `python -m tests.telegram`: try a bot by hand
    client.py     a bot and a clock for this package's own tests

What can go wrong, off until a test asks for it
    flood.py      `telegram.limit_floods()`: 429 with retry_after
    trouble.py    `telegram.fail_next(method, kind)`, `telegram.trouble = Trouble(...)`: 5xx, late and lost answers
    rival.py      `telegram.second_poller()`: 409 for getUpdates
    standing.py   `person.block()`, `telegram.deactivate(person)`, `chat.kick_bot()`, `telegram.migrate(group)`

To add a method: its row in methods.py, its function in handlers/. To add another way for Telegram to fail: a small
file with an interceptor, which a test appends to `telegram.interceptors`; raise ApiError to answer with an error,
return to let the call through. What happens to the connection itself is for trouble.py.
"""

from tests.telegram.chat import FakeChat
from tests.telegram.dispatch import Call, Interceptor, Refusal
from tests.telegram.errors import ApiError
from tests.telegram.flood import FloodControl
from tests.telegram.messages import BotMessage, Button
from tests.telegram.people import Person
from tests.telegram.queries import CallbackAnswer, InlineAnswer
from tests.telegram.rival import SecondPoller
from tests.telegram.server import FakeTelegram
from tests.telegram.trouble import Trouble, TroubleKind
from tests.telegram.webhook import WebhookDelivery

__all__ = [
    "ApiError",
    "BotMessage",
    "Button",
    "Call",
    "CallbackAnswer",
    "FakeChat",
    "FakeTelegram",
    "FloodControl",
    "InlineAnswer",
    "Interceptor",
    "Person",
    "Refusal",
    "SecondPoller",
    "Trouble",
    "TroubleKind",
    "WebhookDelivery",
]
