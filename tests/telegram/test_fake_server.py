"""The fake server itself: it answers as Telegram does, and refuses what Telegram refuses."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import telegram as ptb
from telegram.constants import ParseMode

from tests.telegram import ApiError, BotMessage, Call, FakeChat, FakeTelegram, Person
from tests.telegram.client import Client, keyboard
from tests.telegram.console import Console
from tests.telegram.handlers import HANDLERS
from tests.telegram.methods import LEFT_OUT, METHODS, Kind
from tests.telegram.spec import load_spec

# --- the wire -------------------------------------------------------------------------------------------------------


async def test_a_wrong_token_is_unauthorised(telegram: FakeTelegram, bot: Client) -> None:
    """Any token but the server's own is answered with 401."""
    async with bot.session.get(f"{telegram.url}/bot1:other/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(telegram: FakeTelegram, bot: Client) -> None:
    """A method that does not exist is a 404 and a refusal."""
    assert await bot.call("sendNothing") == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert [refusal.method for refusal in telegram.refusals] == ["sendNothing"]


async def test_method_names_are_case_insensitive(telegram: FakeTelegram, bot: Client) -> None:
    """GETME is getMe, and is logged so."""
    assert (await bot.result("GETME"))["id"] == 123456789
    assert [call.method for call in telegram.calls] == ["getMe"]


async def test_parameters_may_come_as_query_json_form_or_multipart(bot: Client, chat: FakeChat) -> None:
    """The four ways to carry parameters lead to the same message."""
    address, markup = bot.address("sendMessage"), json.dumps(keyboard([{"text": "Go", "callback_data": "go"}]))
    fields = {"chat_id": str(chat.id), "text": "hi", "disable_notification": "true", "reply_markup": markup}
    await bot.session.get(address, params=fields)
    await bot.result("sendMessage", **fields | {"disable_notification": True, "reply_markup": json.loads(markup)})
    await bot.session.post(address, data=fields)
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    await bot.session.post(address, data=multipart)
    messages = await chat.wait_for_messages(4)
    assert {(message.text, tuple(message.labels)) for message in messages} == {("hi", ("Go",))}


async def test_a_body_that_is_no_json_is_refused(telegram: FakeTelegram, bot: Client) -> None:
    """A broken JSON body is a 400, and a refusal."""
    headers = {"Content-Type": "application/json"}
    async with bot.session.post(bot.address("getMe"), data=b"{", headers=headers) as response:
        assert response.status == 400
    assert len(telegram.refusals) == 1


# --- parameters -----------------------------------------------------------------------------------------------------


async def test_an_unknown_parameter_is_refused_and_recorded(
    telegram: FakeTelegram, bot: Client, chat: FakeChat
) -> None:
    """What Telegram would ignore in silence fails here."""
    words = await bot.error("sendMessage", chat_id=chat.id, text="hi", disable_web_page_preview=True)
    assert words == "Bad Request: unknown parameter disable_web_page_preview (fake server strictness)"
    assert [refusal.description for refusal in telegram.refusals] == [words]


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"text": "hi"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": 5}, 'parameter "text" must be of type string'),
        ("sendMessage", {"chat_id": 1, "text": "x", "parse_mode": "html5"}, "unsupported parse_mode"),
        ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": "maybe"}, "must be of type boolean"),
        ("sendMessage", {"chat_id": 1, "text": "\ud83d"}, "strings must be encoded in UTF-8"),
        ("getUpdates", {"limit": 101}, "limit must be between 1 and 100"),
        ("getUpdates", {"timeout": 1.5}, 'parameter "timeout" must be of type integer'),
        ("sendChatAction", {"chat_id": 1, "action": "dancing"}, "wrong parameter action in request"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "text must be 0-200 characters long"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "must be 0-120 characters long"),
        ("setMyName", {"name": "x", "language_code": "english"}, "invalid language code specified"),
        ("editMessageText", {"chat_id": 1, "text": "x"}, "message identifier is not specified"),
        ("answerInlineQuery", {"inline_query_id": "1", "results": ["x"]}, ""),
    ],
)
async def test_parameters_are_held_to_type_and_limits(
    telegram: FakeTelegram, bot: Client, method: str, params: dict[str, Any], words: str
) -> None:
    """Missing, mistyped and overlong parameters are refused before anything else is looked at."""
    assert words in await bot.error(method, **params)
    assert len(telegram.refusals) == 1


async def test_the_state_of_a_chat_is_no_refusal(telegram: FakeTelegram, bot: Client) -> None:
    """A well-formed call to a chat that does not exist fails, yet is not recorded as malformed."""
    assert await bot.error("sendMessage", chat_id=1, text="hi") == "Bad Request: chat not found"
    assert telegram.refusals == []
    assert [(call.ok, call.error) for call in telegram.calls] == [(False, "Bad Request: chat not found")]


def test_every_method_of_the_table_has_a_handler() -> None:
    """The table and the handlers name the same methods."""
    assert set(METHODS) == set(HANDLERS)


_KINDS = {"Integer": Kind.INTEGER, "String": Kind.STRING, "Boolean": Kind.BOOLEAN, "InputFile": Kind.FILE}


def _kinds(types: tuple[str, ...]) -> Kind:
    kinds = Kind(0)
    for name in types:
        kinds |= Kind.ARRAY if name.startswith("Array") else _KINDS.get(name, Kind.OBJECT)
    return kinds


@pytest.mark.parametrize("method", METHODS)
def test_the_table_agrees_with_the_specification(method: str) -> None:
    """Names, types, limits and values written by hand are those of the Bot API."""
    spec = load_spec()
    if spec is None:
        pytest.skip("the Bot API specification is not beside this repository")
    documented = spec.methods[method]
    table = {parameter.name: parameter for parameter in METHODS[method]}
    assert set(documented) - set(table) <= LEFT_OUT
    assert set(table) <= set(documented)
    for name, parameter in table.items():
        field = documented[name]
        assert parameter.kinds == _kinds(field.types), name
        # An edit's target is optional in the documentation only because of inline messages.
        assert parameter.required == field.required or method.startswith("editMessage"), name
        assert (parameter.least, parameter.most) == (field.least, field.most), name
        assert parameter.values == field.values, name
        assert parameter.longest == (None if field.after_parsing else field.longest), name


async def test_the_specification_is_checked_inside_of_nested_types(bot: Client) -> None:
    """A field unknown deep inside of an object is refused, where the specification is at hand."""
    if load_spec() is None:
        pytest.skip("the Bot API specification is not beside this repository")
    markup = {"keyboard": [[{"text": "Chat", "request_chat": {"request_id": 1, "channel": True}}]]}
    words = await bot.error("sendMessage", chat_id=1, text="hi", reply_markup=markup)
    assert words == (
        "Bad Request: sendMessage.reply_markup:ReplyKeyboardMarkup.keyboard[0][0]:KeyboardButton.request_chat"
        ":KeyboardButtonRequestChat has no field channel (Bot API specification)"
    )


# --- texts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<x>hi</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>hi", "Can't find end tag corresponding to start tag b"),
        ("<b>hi</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("<b><i>hi</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
        ("hi</b>", "Unexpected end tag at byte offset 2"),
        ("hi<b", "Unclosed start tag at byte offset 2"),
        ("<b>hi</b", "Unclosed end tag at byte offset 5"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=a:b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "blockquote entities can't be nested at byte offset 13",
        ),
    ],
)
async def test_html_that_does_not_parse_is_refused_in_telegrams_words(
    telegram: FakeTelegram, bot: Client, chat: FakeChat, html: str, words: str
) -> None:
    """The error names the tag and the byte offset."""
    error = await bot.error("sendMessage", chat_id=chat.id, text=html, parse_mode="HTML")
    assert error == f"Bad Request: can't parse entities: {words}"
    assert len(telegram.refusals) == 1


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>a</b><STRONG>b</STRONG>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</>", "abc", [("strikethrough", n, 1) for n in range(3)]),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)]),
        ("<pre><code class='language-py'>x</code></pre>", "x", [("pre", 0, 1)]),
        ("<code><b>x</b></code>", "x", [("code", 0, 1)]),
        ("<b>a<code>x</code>b</b>", "axb", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<b>a</b><b>b</b> <b>c</b>", "ab c", [("bold", 0, 1), ("bold", 1, 1), ("bold", 3, 1)]),
        ("<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>", "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<tg-emoji emoji-id='5368324170671202286'>👍</tg-emoji>", "👍", [("custom_emoji", 0, 2)]),
        ("<a href='tg://user?id=7'>x</a>", "x", [("text_mention", 0, 1)]),
        ("<a href='javascript:alert(1)'>x</a><a href='http://localhost/'>y</a>", "xy", []),
        ("&lt;b&gt; &amp;&quot; &#39;&#x41; &nbsp; &", "<b> &\" 'A &nbsp; &", []),
        ("  \n<b>x</b> \n", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
    ],
)
async def test_html_becomes_text_and_entities(
    bot: Client, chat: FakeChat, html: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    """Tags become entities counted in UTF-16, character references become characters, bad links vanish."""
    await bot.result("sendMessage", chat_id=chat.id, text=html, parse_mode="HTML")
    (message,) = await chat.wait_for_messages()
    assert message.text == text
    assert message.html == html
    assert [(entity.type, entity.offset, entity.length) for entity in message.entities] == entities


async def test_links_keep_their_address(bot: Client, chat: FakeChat) -> None:
    """A link is normalised as Telegram does, and its ampersands are decoded."""
    html = '<a href="https://Example.org?a=1&amp;b=2">x</a><a href="mailto:desk@example.org">y</a>'
    sent = await bot.result("sendMessage", chat_id=chat.id, text=html, parse_mode="HTML")
    assert [item["url"] for item in sent["entities"]] == ["https://example.org/?a=1&b=2", "mailto:desk@example.org"]


async def test_length_counts_code_points_after_parsing(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """4096 emoji in bold pass; one character more does not."""
    await bot.result("sendMessage", chat_id=chat.id, text=f"<b>{'😀' * 4096}</b>", parse_mode="HTML")
    assert telegram.refusals == []
    assert await bot.error("sendMessage", chat_id=chat.id, text="x" * 4097) == "Bad Request: message is too long"


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
async def test_an_empty_text_is_refused(bot: Client, chat: FakeChat, text: str) -> None:
    """Space alone is no message."""
    assert await bot.error("sendMessage", chat_id=chat.id, text=text) == "Bad Request: message text is empty"


async def test_more_than_a_hundred_entities_are_refused(bot: Client, chat: FakeChat) -> None:
    """Telegram would drop the rest in silence."""
    await bot.result("sendMessage", chat_id=chat.id, text="<b>x</b> " * 100, parse_mode="HTML")
    words = await bot.error("sendMessage", chat_id=chat.id, text="<b>x</b> " * 101, parse_mode="HTML")
    assert "too many entities" in words


async def test_explicit_entities_are_checked_against_the_text(bot: Client, chat: FakeChat) -> None:
    """Entities may be given instead of a parse mode, and must lie inside the text."""
    bold = {"type": "bold", "offset": 0, "length": 2}
    await bot.result("sendMessage", chat_id=chat.id, text="😀", entities=[bold])
    (message,) = await chat.wait_for_messages()
    assert message.entities[0].type == "bold"
    assert "outside of the text" in await bot.error("sendMessage", chat_id=chat.id, text="x", entities=[bold])


# --- markup ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (keyboard([{"text": "a", "callback_data": "é" * 33}]), "BUTTON_DATA_INVALID"),
        (keyboard([{"text": "a", "callback_data": ""}]), "BUTTON_DATA_INVALID"),
        (keyboard([{"text": "a"}]), "Text buttons are unallowed"),
        (keyboard([{"text": "a", "callback_data": "x", "url": "https://example.org"}]), "more than one action"),
        (keyboard([{"text": " ", "callback_data": "x"}]), "without a label"),
        (keyboard([{"text": "a", "url": "ftp://example.org"}]), "Unsupported URL protocol"),
        (keyboard([{"text": "a", "url": "http://localhost"}]), "Wrong HTTP URL"),
        (keyboard([{"text": "a", "url": "//[x]"}]), "Wrong HTTP URL"),
        (keyboard([{"text": "a", "url": "mailto:desk@example.org"}]), "Unsupported URL protocol"),
        (keyboard([{"text": "a", "callback_data": "x", "colour": "red"}]), "unknown field colour"),
        (keyboard([{"text": "a", "callback_data": "x"}] * 9), "at most 8"),
        (keyboard(*[[{"text": "a", "callback_data": "x"}]] * 101), "at most 100"),
        ({"remove_keyboard": True, "inline_keyboard": []}, "unknown field remove_keyboard"),
        ({}, "object expected as reply markup"),
    ],
)
async def test_a_keyboard_telegram_would_not_show_is_refused(
    monkeypatch: pytest.MonkeyPatch, bot: Client, chat: FakeChat, markup: dict[str, Any], words: str
) -> None:
    """The hand-written checks catch each fault by themselves, without the specification."""
    monkeypatch.setattr("tests.telegram.dispatch.load_spec", lambda: None)
    assert words in await bot.error("sendMessage", chat_id=chat.id, text="hi", reply_markup=markup)


@pytest.mark.parametrize(
    "markup",
    [
        keyboard([{"text": "a", "callback_data": "x" * 64}, {"text": "b", "url": "tg://resolve?domain=a"}]),
        keyboard([{"text": "a", "switch_inline_query_current_chat": ""}]),
        {"force_reply": True, "selective": True, "input_field_placeholder": "Your question"},
        {"remove_keyboard": True},
        {"keyboard": [[{"text": "Topics"}]], "resize_keyboard": True},
    ],
)
async def test_every_kind_of_markup_is_taken(bot: Client, chat: FakeChat, markup: dict[str, Any]) -> None:
    """Inline keyboards, forced replies, and reply keyboards set or removed."""
    sent = await bot.result("sendMessage", chat_id=chat.id, text="hi", reply_markup=markup)
    assert sent.get("reply_markup") == (markup if "inline_keyboard" in markup else None)


# --- getting updates ------------------------------------------------------------------------------------------------


async def test_an_offset_confirms_what_came_before_it(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """Unconfirmed updates come again; a higher offset forgets them; limit cuts the batch."""
    for text in ("one", "two", "three"):
        ann.private_chat().send(text)
    first = await bot.result("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert await bot.result("getUpdates", limit=2) == first
    (last,) = await bot.result("getUpdates", offset=first[-1]["update_id"] + 1)
    assert last["update_id"] == first[-1]["update_id"] + 1
    assert await bot.result("getUpdates", offset=last["update_id"] + 1) == []
    await telegram.idle()


async def test_a_negative_offset_keeps_only_the_last_updates(bot: Client, ann: Person) -> None:
    """Offset -1 returns the newest update and forgets the older ones."""
    for text in ("one", "two", "three"):
        ann.private_chat().send(text)
    assert [update["message"]["text"] for update in await bot.result("getUpdates", offset=-1)] == ["three"]
    assert len(await bot.result("getUpdates")) == 1


async def test_a_long_poll_returns_as_soon_as_something_happens(bot: Client, ann: Person) -> None:
    """The poll waits, and ends with the first update."""
    poll = asyncio.create_task(bot.result("getUpdates", timeout=30))
    await _under_way(bot.telegram, 1)
    ann.private_chat().send("hello")
    (update,) = await asyncio.wait_for(poll, 5)
    assert update["message"]["text"] == "hello"


async def test_the_older_of_two_polls_ends_in_a_conflict(bot: Client, ann: Person) -> None:
    """A second getUpdates takes over."""
    older = asyncio.create_task(bot.error("getUpdates", timeout=30))
    await _under_way(bot.telegram, 1)
    newer = asyncio.create_task(bot.result("getUpdates", timeout=30))
    assert await asyncio.wait_for(older, 5) == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    ann.private_chat().send("hello")
    assert len(await asyncio.wait_for(newer, 5)) == 1


async def test_polling_is_a_conflict_while_a_webhook_is_set(bot: Client) -> None:
    """The webhook is stored, told of, and in the way of getUpdates until it is deleted."""
    url = "https://example.org/hook"
    await bot.result("setWebhook", url=url, max_connections=5)
    assert (await bot.result("getWebhookInfo"))["url"] == url
    answer = await bot.call("getUpdates")
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await bot.result("deleteWebhook")
    assert await bot.result("getUpdates") == []


async def test_allowed_updates_are_remembered(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """The list holds until another is given; an empty one brings back the default."""
    await bot.result("getUpdates", offset=-1, allowed_updates=["callback_query"])
    chat.send("not asked for")
    (update,) = await bot.result("getUpdates")
    assert update["message"]["text"] == "/start"
    await bot.result("getUpdates", offset=update["update_id"] + 1, allowed_updates=[])
    chat.send("asked for")
    assert [update["message"]["text"] for update in await bot.result("getUpdates")] == ["asked for"]
    assert telegram.refusals == []


async def test_a_raw_update_is_delivered_as_it_is(telegram: FakeTelegram, bot: Client) -> None:
    """Hostile updates reach the bot, whatever is in them."""
    number = telegram.push({"message": {"nonsense": [1, None]}})
    assert await bot.result("getUpdates") == [{"update_id": number, "message": {"nonsense": [1, None]}}]


async def _under_way(telegram: FakeTelegram, polls: int) -> None:
    """Return once that many polls have reached the server."""

    def waiting() -> bool:
        return sum(call.ok is None for call in telegram.calls_of("getUpdates")) >= polls

    # A poll rings the bell when it confirms, right after its call was logged.
    assert await telegram.world.bell.until(waiting, 5)


# --- what people do -------------------------------------------------------------------------------------------------


async def test_a_message_carries_its_commands_and_mentions(bot: Client, ann: Person) -> None:
    """Offsets count UTF-16 code units, as Telegram's do."""
    ann.private_chat().send("😀 /ask@parley_test_bot who? @ann_reads")
    (update,) = await bot.result("getUpdates")
    message = update["message"]
    assert message["from"]["first_name"] == "Ann"
    assert message["chat"]["type"] == "private"
    assert message["entities"] == [
        {"type": "bot_command", "offset": 3, "length": 20},
        {"type": "mention", "offset": 29, "length": 10},
    ]


async def test_a_press_needs_a_button_that_exists(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """The press carries the button's data; a button that is not there is told of, with those that are."""
    row = [{"text": "Topics", "callback_data": "t:1"}, {"text": "Site", "url": "https://example.org"}]
    await bot.result("sendMessage", chat_id=chat.id, text="hi", reply_markup=keyboard(row))
    (message,) = await chat.wait_for_messages()
    query_id = chat.press(message, label="Topics")
    update = (await bot.result("getUpdates"))[-1]
    assert update["callback_query"]["data"] == "t:1"
    assert update["callback_query"]["message"]["message_id"] == message.message_id
    await bot.result("answerCallbackQuery", callback_query_id=query_id, text="One moment")
    assert [(answer.data, answer.text) for answer in telegram.answered_callbacks] == [("t:1", "One moment")]
    with pytest.raises(AssertionError, match=r"'Topics' \(t:1\)"):
        chat.press(message, label="Nowhere")
    with pytest.raises(AssertionError, match="no button 'Site'"):
        chat.press(message, label="Site")


async def test_a_callback_query_is_answered_once(bot: Client, chat: FakeChat) -> None:
    """A second answer, and an answer to an unknown query, come too late."""
    too_late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    sent = await bot.result("sendMessage", chat_id=chat.id, text="hi")
    query_id = chat.press_data(sent["message_id"], "forged")
    await bot.result("answerCallbackQuery", callback_query_id=query_id)
    assert await bot.error("answerCallbackQuery", callback_query_id=query_id) == too_late
    assert await bot.error("answerCallbackQuery", callback_query_id="1") == too_late


async def test_waiting_in_vain_tells_what_was_seen(bot: Client, chat: FakeChat) -> None:
    """The assertion shows every message of the chat."""
    await bot.result("sendMessage", chat_id=chat.id, text="only this")
    with pytest.raises(AssertionError, match="only this"):
        chat.quiet()
    with pytest.raises(AssertionError, match=r"2 new messages expected.*saw 1.*\n.*only this"):
        await chat.wait_for_messages(2, timeout=0)
    await chat.wait_for_messages()
    chat.quiet()


async def test_idle_tells_what_is_still_unconfirmed(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """Fetched is not yet confirmed."""
    (update,) = await bot.result("getUpdates")
    with pytest.raises(AssertionError, match="/start"):
        await telegram.idle(timeout=0)
    await bot.result("getUpdates", offset=update["update_id"] + 1)
    await telegram.idle()
    chat.quiet()


# --- editing, deleting, photos --------------------------------------------------------------------------------------


async def test_an_edit_replaces_text_and_keyboard(bot: Client, chat: FakeChat) -> None:
    """A keyboard not given again is gone; the message keeps its id."""
    rows = keyboard([{"text": "Go", "callback_data": "go"}])
    sent = await bot.result("sendMessage", chat_id=chat.id, text="before", reply_markup=rows)
    target = {"chat_id": chat.id, "message_id": sent["message_id"]}
    await bot.result("editMessageText", **target, text="<b>after</b>", parse_mode="HTML")
    edited = await chat.wait_for_edit(sent["message_id"])
    assert (edited.text, edited.html, edited.keyboard, edited.edits) == ("after", "<b>after</b>", (), 1)
    await bot.result("editMessageReplyMarkup", **target, reply_markup=rows)
    assert (await chat.wait_for_edit(edited)).labels == ["Go"]
    assert len(chat.messages) == 1


async def test_an_edit_that_changes_nothing_is_refused(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """The same visible content and the same keyboard are "not modified", and no fault of form."""
    sent = await bot.result("sendMessage", chat_id=chat.id, text="same")
    target = {"chat_id": chat.id, "message_id": sent["message_id"]}
    words = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a"
        " current content and reply markup of the message"
    )
    assert await bot.error("editMessageText", **target, text="same ") == words
    assert await bot.error("editMessageReplyMarkup", **target) == words
    assert telegram.refusals == []


async def test_only_the_bots_own_messages_can_be_edited(bot: Client, chat: FakeChat) -> None:
    """A person's message, and one that does not exist, cannot."""
    mine = chat.send("mine")
    edit = {"chat_id": chat.id, "text": "x"}
    assert await bot.error("editMessageText", **edit, message_id=999) == "Bad Request: message to edit not found"
    assert await bot.error("editMessageText", **edit, message_id=mine["message_id"]) == (
        "Bad Request: message can't be edited"
    )


async def test_a_deleted_message_is_gone(bot: Client, chat: FakeChat) -> None:
    """It can be deleted once."""
    sent = await bot.result("sendMessage", chat_id=chat.id, text="x")
    target = {"chat_id": chat.id, "message_id": sent["message_id"]}
    await bot.result("deleteMessage", **target)
    assert chat.messages == ()
    assert await bot.error("deleteMessage", **target) == "Bad Request: message to delete not found"


async def test_a_photo_is_uploaded_with_its_caption(bot: Client, chat: FakeChat) -> None:
    """The caption parses like a text, and has a limit of its own; the file can be sent again by its id."""
    form = aiohttp.FormData({"chat_id": str(chat.id), "caption": "<b>Map</b>", "parse_mode": "HTML"})
    form.add_field("photo", b"\x89PNG", filename="map.png", content_type="image/png")
    async with bot.session.post(bot.address("sendPhoto"), data=form) as response:
        sent = (await response.json())["result"]
    (message,) = await chat.wait_for_messages()
    assert (message.text, message.photo) == ("Map", b"\x89PNG")
    again = await bot.result("sendPhoto", chat_id=chat.id, photo=sent["photo"][0]["file_id"])
    assert "caption" not in again
    long = await bot.error("sendPhoto", chat_id=chat.id, photo=sent["photo"][0]["file_id"], caption="x" * 1025)
    assert long == "Bad Request: message caption is too long"


# --- chats ----------------------------------------------------------------------------------------------------------


async def test_a_bot_cannot_write_first(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """A person who never wrote to the bot cannot be written to."""
    answer = await bot.call("sendMessage", chat_id=ann.id, text="hi")
    assert answer["error_code"] == 403
    assert answer["description"] == "Forbidden: bot can't initiate conversation with a user"
    ann.private_chat().send("/start")
    await bot.result("sendMessage", chat_id=ann.id, text="hi")
    assert telegram.refusals == []


async def test_a_reply_needs_the_message_it_answers(bot: Client, chat: FakeChat) -> None:
    """Unless the bot says that it may go without."""
    question = chat.send("who?")
    await bot.result("sendMessage", chat_id=chat.id, text="x", reply_parameters={"message_id": question["message_id"]})
    (message,) = await chat.wait_for_messages()
    assert message.reply_to == question["message_id"]
    lost: dict[str, Any] = {"message_id": 999}
    assert await bot.error("sendMessage", chat_id=chat.id, text="x", reply_parameters=lost) == (
        "Bad Request: message to be replied not found"
    )
    lost["allow_sending_without_reply"] = True
    await bot.result("sendMessage", chat_id=chat.id, text="x", reply_parameters=lost)


async def test_a_topic_must_exist(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """Messages go to the topics of a forum, and nowhere else."""
    forum = telegram.group("Desk", [ann], forum=True)
    thread = telegram.topic(forum, "Alerts")
    await bot.result("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread)
    (message,) = await forum.wait_for_messages()
    assert message.thread_id == thread
    assert await bot.error("sendMessage", chat_id=forum.id, text="x", message_thread_id=99) == (
        "Bad Request: message thread not found"
    )
    forum.send(ann, "in the topic", thread=thread)
    assert (await bot.result("getUpdates"))[-1]["message"]["message_thread_id"] == thread


async def test_a_bot_learns_of_a_group_and_leaves_it(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """Members, administrators and the chat itself can be asked for, until the bot has left."""
    ben, eve = telegram.person("Ben"), telegram.person("Eve")
    group = telegram.group("Desk", [ann], admins=[ben])
    assert (await bot.result("getChat", chat_id=group.id))["title"] == "Desk"
    for person, status in ((ann, "creator"), (ben, "administrator"), (eve, "left")):
        member = await bot.result("getChatMember", chat_id=group.id, user_id=person.id)
        assert member["status"] == status
    assert len(await bot.result("getChatAdministrators", chat_id=group.id)) == 2
    await bot.result("leaveChat", chat_id=group.id)
    assert await bot.error("getChat", chat_id=group.id) == "Forbidden: bot is not a member of the supergroup chat"


# --- the bot's own profile ------------------------------------------------------------------------------------------


async def test_commands_are_kept_by_scope_and_language(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """Each scope and language has its own list, and only that."""
    commands = [{"command": "ask", "description": "Ask a question"}]
    await bot.result("setMyCommands", commands=commands)
    await bot.result("setMyCommands", commands=[], scope={"type": "chat", "chat_id": chat.id}, language_code="uk")
    assert telegram.commands() == {"ask": "Ask a question"}
    assert telegram.commands("all_private_chats") == {}
    assert await bot.result("getMyCommands") == commands
    await bot.result("deleteMyCommands")
    assert await bot.result("getMyCommands") == []


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": "Ask", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "x"}], ""),
        ([{"command": "ask", "description": ""}], ""),
        ([{"command": "ask", "description": "x" * 257}], ""),
        ([{"command": f"c{n}", "description": "x"} for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands_that_telegram_would_not_take_are_refused(
    telegram: FakeTelegram, bot: Client, commands: list[dict[str, str]], words: str
) -> None:
    """Names, descriptions and their number have limits."""
    assert words in await bot.error("setMyCommands", commands=commands)
    assert len(telegram.refusals) == 1


async def test_name_and_descriptions_are_kept_by_language(telegram: FakeTelegram, bot: Client) -> None:
    """An empty text removes the one of its language."""
    await bot.result("setMyDescription", description="Answers", language_code="en")
    await bot.result("setMyName", name="Parley")
    assert (telegram.about("description", "en"), telegram.about("name")) == ("Answers", "Parley")
    await bot.result("setMyDescription", description="", language_code="en")
    assert telegram.about("description", "en") == ""


async def test_an_inline_query_is_answered_once_with_articles(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """Results are checked like messages."""
    query_id = ann.ask_inline("truce")
    content = {"message_text": "<b>Truce</b>", "parse_mode": "HTML"}
    article = {"type": "article", "id": "1", "title": "Truce", "input_message_content": content}
    broken = article | {"input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}}
    assert "Can't find end tag" in await bot.error("answerInlineQuery", inline_query_id=query_id, results=[broken])
    twice = await bot.error("answerInlineQuery", inline_query_id=query_id, results=[article, article])
    assert twice == "Bad Request: RESULT_ID_DUPLICATE"
    await bot.result("answerInlineQuery", inline_query_id=query_id, results=[article])
    assert telegram.inline_answers[0].results[0]["title"] == "Truce"
    assert "query is too old" in await bot.error("answerInlineQuery", inline_query_id=query_id, results=[article])


# --- around it ------------------------------------------------------------------------------------------------------


async def test_an_interceptor_can_fail_a_call(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """It sees each call first; what it raises is the answer, with its parameters."""

    async def flooded(call: Call) -> None:
        if call.method == "sendMessage":
            raise ApiError(429, "Too Many Requests: retry after 3", parameters={"retry_after": 3})

    telegram.interceptors.append(flooded)
    answer = await bot.call("sendMessage", chat_id=chat.id, text="hi")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 3})
    assert chat.messages == ()
    assert telegram.refusals == []


async def test_python_telegram_bot_can_talk_to_it(telegram: FakeTelegram, ann: Person) -> None:
    """The library's own Bot sends, edits, uploads and polls without a single refusal."""
    chat = ann.private_chat()
    chat.send("/start")
    async with ptb.Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        assert bot.username == "parley_test_bot"
        (update,) = await bot.get_updates(allowed_updates=ptb.Update.ALL_TYPES)
        assert update.effective_user is not None
        button = ptb.InlineKeyboardButton("Topics", callback_data="t")
        sent = await bot.send_message(
            ann.id,
            "<b>Hello</b>",
            parse_mode=ParseMode.HTML,
            reply_markup=ptb.InlineKeyboardMarkup([[button]]),
            link_preview_options=ptb.LinkPreviewOptions(is_disabled=True),
            reply_parameters=ptb.ReplyParameters(1, allow_sending_without_reply=True),
        )
        assert sent.parse_entities() == {sent.entities[0]: "Hello"}
        (seen,) = await chat.wait_for_messages()
        query_id = chat.press(seen, data="t")
        (pressed,) = await bot.get_updates(offset=update.update_id + 1)
        assert pressed.callback_query is not None
        await pressed.callback_query.answer("Here")
        assert telegram.answered_callbacks[0].query_id == query_id
        await sent.edit_text("Bye")
        await bot.send_photo(ann.id, b"picture", caption="A map")
        await bot.send_chat_action(ann.id, "typing")
        await bot.set_my_commands([("ask", "Ask")], scope=ptb.BotCommandScopeAllPrivateChats(), language_code="en")
        assert (await bot.get_chat(ann.id)).first_name == "Ann"
        await bot.get_updates(offset=pressed.update_id + 1)
    await telegram.idle()
    assert [message.text for message in chat.messages] == ["Bye", "A map"]
    assert telegram.refusals == []


async def test_the_console_sends_lines_and_files_and_presses_buttons(
    telegram: FakeTelegram, bot: Client, tmp_path: Path
) -> None:
    """A line is a message, !N a press of the numbered button, +FILE a file, and the end of input ends it."""
    (tmp_path / "pause.yaml").write_text("title: A pause\n", "utf-8")
    shown: list[str] = []
    console = Console(telegram, shown.append)

    async def lines() -> AsyncIterator[str]:
        yield "hello\n"
        rows = keyboard([{"text": "Go", "callback_data": "go"}])
        await bot.result("sendMessage", chat_id=console.chat.id, text="hi", reply_markup=rows)
        yield "!1\n"
        yield "!7\n"
        yield f"+{tmp_path / 'pause.yaml'} new dates\n"
        yield "+/nowhere\n"

    await console.run(lines())
    assert "bot #2: hi\n    !1 [Go]" in shown
    assert "There is no button 7: the last message has 1." in shown
    assert "/nowhere cannot be read: No such file or directory" in shown
    message, press, file = await bot.result("getUpdates")
    assert message["message"]["text"] == "hello"
    assert (file["message"]["document"]["file_name"], file["message"]["caption"]) == ("pause.yaml", "new dates")
    assert press["callback_query"]["data"] == "go"


def test_what_a_person_sees_cannot_be_changed() -> None:
    """BotMessage is a snapshot: an edit makes a new one."""
    message = BotMessage(1, 1, "x", "x", (), (), None, None, 0)
    with pytest.raises(AttributeError):
        message.text = "y"  # type: ignore[misc]
