"""Inline mode: what may be offered, what is chosen, and editing what was sent."""

from typing import Any

import pytest

from tests.telegram import FakeTelegram, Person
from tests.telegram.client import Client, keyboard

_ROWS = keyboard([{"text": "Sources", "callback_data": "s"}])


def article(result_id: str = "1", text: str = "<b>Truce</b>", **more: Any) -> dict[str, Any]:
    """Return a result that Telegram takes, or with `more` perhaps one that it does not."""
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": result_id, "title": "Truce", "input_message_content": content} | more


async def test_a_chosen_result_becomes_a_message(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """The bot is told what was chosen, and under which id the message can be edited."""
    query_id = ann.ask_inline("truce")
    await bot.result("answerInlineQuery", inline_query_id=query_id, results=[article(reply_markup=_ROWS)])
    inline_id = ann.choose_inline(query_id, "1")
    chosen = (await bot.result("getUpdates"))[-1]["chosen_inline_result"]
    assert (chosen["result_id"], chosen["query"], chosen["inline_message_id"]) == ("1", "truce", inline_id)
    assert chosen["from"]["id"] == ann.id
    message = telegram.inline_message(inline_id)
    assert (message.text, message.labels) == ("Truce", ["Sources"])


async def test_without_a_keyboard_the_bot_does_not_learn_the_messages_id(
    telegram: FakeTelegram, bot: Client, ann: Person
) -> None:
    """So it can never edit it."""
    query_id = ann.ask_inline("truce")
    await bot.result("answerInlineQuery", inline_query_id=query_id, results=[article()])
    assert telegram.inline_message(ann.choose_inline(query_id, "1")).text == "Truce"
    assert "inline_message_id" not in (await bot.result("getUpdates"))[-1]["chosen_inline_result"]


async def test_an_inline_message_is_edited_by_its_id(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """The answer is True; the same again is not modified; an unknown id is invalid."""
    query_id = ann.ask_inline("truce")
    await bot.result("answerInlineQuery", inline_query_id=query_id, results=[article(reply_markup=_ROWS)])
    target = {"inline_message_id": ann.choose_inline(query_id, "1")}
    assert await bot.result("editMessageText", **target, text="Ended", reply_markup=_ROWS) is True
    edited = await telegram.wait_for_inline_edit(target["inline_message_id"])
    assert (edited.text, edited.labels, edited.edits) == ("Ended", ["Sources"], 1)
    assert "message is not modified" in await bot.error("editMessageText", **target, text="Ended", reply_markup=_ROWS)
    assert await bot.result("editMessageReplyMarkup", **target) is True
    assert telegram.inline_message(target["inline_message_id"]).labels == []
    unknown = await bot.error("editMessageText", inline_message_id="x", text="x")
    assert unknown == "Bad Request: MESSAGE_ID_INVALID"
    assert telegram.refusals == []
    assert "not both" in await bot.error("editMessageText", **target, chat_id=1, message_id=1, text="x")


async def test_a_button_of_an_inline_message_can_be_pressed(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """The callback query carries the message's inline id, and no chat."""
    query_id = ann.ask_inline("truce")
    await bot.result("answerInlineQuery", inline_query_id=query_id, results=[article(reply_markup=_ROWS)])
    inline_id = ann.choose_inline(query_id, "1")
    ben = telegram.person("Ben")
    pressed = ben.press_inline(inline_id, label="Sources")
    query = (await bot.result("getUpdates"))[-1]["callback_query"]
    assert (query["inline_message_id"], query["data"], query["from"]["id"]) == (inline_id, "s", ben.id)
    assert "message" not in query
    await bot.result("answerCallbackQuery", callback_query_id=pressed)


async def test_only_what_was_offered_can_be_chosen(bot: Client, ann: Person) -> None:
    """The assertion tells what there is."""
    query_id = ann.ask_inline("truce")
    with pytest.raises(AssertionError, match="has not answered"):
        ann.choose_inline(query_id, "1")
    await bot.result("answerInlineQuery", inline_query_id=query_id, results=[article()])
    with pytest.raises(AssertionError, match="there are: 1"):
        ann.choose_inline(query_id, "2")


async def test_an_answer_is_kept_with_all_that_was_said(telegram: FakeTelegram, bot: Client, ann: Person) -> None:
    """How long it may be cached, for whom, and the button above the results."""
    button = {"text": "Ask in private", "start_parameter": "q_truce"}
    await bot.result(
        "answerInlineQuery",
        inline_query_id=ann.ask_inline("truce"),
        results=[article(str(number)) for number in range(50)],
        cache_time=0,
        is_personal=True,
        next_offset="50",
        button=button,
    )
    (answer,) = telegram.inline_answers
    assert (answer.query, answer.person_id, answer.next_offset) == ("truce", ann.id, "50")
    assert (answer.cache_time, answer.is_personal, answer.button, len(answer.results)) == (0, True, button, 50)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"results": [article(str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_INVALID"),
        ({"results": [article("é" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(type="photo")]}, "not supported"),
        ({"results": [article(colour="red")]}, "unknown field colour"),
        ({"results": [article(description=5)]}, "description in an inline result must be of type str"),
        ({"results": [article(thumbnail_url="no link")]}, "WEB_DOCUMENT_URL_INVALID"),
        ({"results": [article(text="<b>")]}, "Can't find end tag"),
        ({"results": [article(text="x" * 4097)]}, "message is too long"),
        ({"results": [article(text="")]}, "message text is empty"),
        ({"results": [article(reply_markup={"force_reply": True})]}, "inline keyboard expected"),
        ({"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "cache_time": -1}, "cache_time must not be negative"),
        ({"results": [], "button": {"text": "x"}}, "either a web_app or a start_parameter"),
        ({"results": [], "button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"results": [], "button": {"start_parameter": "a"}}, "Can't find field"),
    ],
)
async def test_results_that_telegram_would_not_show_are_refused(
    monkeypatch: pytest.MonkeyPatch,
    telegram: FakeTelegram,
    bot: Client,
    ann: Person,
    params: dict[str, Any],
    words: str,
) -> None:
    """The hand-written checks catch each fault by themselves, and the query stays open for a better answer."""
    monkeypatch.setattr("tests.telegram.dispatch.load_spec", lambda: None)
    query_id = ann.ask_inline("truce")
    assert words in await bot.error("answerInlineQuery", inline_query_id=query_id, **params)
    assert len(telegram.refusals) == 1
    await bot.result("answerInlineQuery", inline_query_id=query_id, results=[])
