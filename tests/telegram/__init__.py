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
    people.py     Person, and its private chat
    room.py       a chat's state: members, topics, messages
    chat.py       FakeChat: a chat as people use it: send, press, wait
    messages.py   BotMessage, Button, and the stored message behind them
    updates.py    the update queue with its confirming and conflict rules
    queries.py    callback and inline queries waiting for their one answer
    profile.py    commands by scope and language, name and descriptions
    textual.py    a text with entities: cleaning, trimming, limits
    markup.py     the HTML parse mode
    links.py      which links Telegram keeps
    detect.py     commands, mentions, hashtags and links in what a person types
    keyboards.py  reply_markup
    handlers/     what each Bot API method does
    console.py    `python -m tests.telegram`: try a bot by hand

To add a method: its row in methods.py, its function in handlers/. To add a way for Telegram to fail (flood control,
blocked chats, 5xx): a small file with an interceptor, which a test appends to `telegram.interceptors`; raise ApiError
to answer with an error, return to let the call through.
"""

from tests.telegram.chat import FakeChat
from tests.telegram.dispatch import Call, Interceptor, Refusal
from tests.telegram.errors import ApiError
from tests.telegram.messages import BotMessage, Button
from tests.telegram.people import Person
from tests.telegram.server import FakeTelegram

__all__ = ["ApiError", "BotMessage", "Button", "Call", "FakeChat", "FakeTelegram", "Interceptor", "Person", "Refusal"]
