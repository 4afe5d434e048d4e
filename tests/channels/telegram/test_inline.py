"""Somebody types the bot's name and a few words in any chat, and sends what it offers."""

import asyncio
import time

import pytest

from bot.app import App
from bot.channels.telegram.channel import TelegramChannel
from bot.domain.revision import Change
from bot.services.publish import publish
from bot.storage.records import NewRevision
from tests.conftest import Clock
from tests.telegram import ApiError, Call, FakeChat, FakeTelegram, Person
from tests.telegram.payload import JsonObject
from tests.telegram.queries import InlineAnswer

ASKED = "what did trump and putin agree on the telephone"
AGREED = "q_what-was-agreed.en.1"


async def answer_to(telegram: FakeTelegram, query: str, timeout: float = 10) -> InlineAnswer:
    """Return the bot's answer to the inline query."""

    def answers() -> list[InlineAnswer]:
        return [answer for answer in telegram.inline_answers if answer.query_id == query]

    assert await telegram.world.bell.until(lambda: bool(answers()), timeout), "the query was not answered"
    return answers()[0]


async def handled(telegram: FakeTelegram, person: Person) -> None:
    """Return once all is handled that the person did in inline mode: it is handled in order."""
    await answer_to(telegram, person.ask_inline("anything else"))


async def test_words_offer_what_answers_them(telegram: FakeTelegram, chat: FakeChat, ann: Person) -> None:
    """The answer comes within a second, may be kept for half a minute, and is the same for everybody."""
    started = time.monotonic()
    answer = await answer_to(telegram, ann.ask_inline(ASKED))
    assert time.monotonic() - started < 1
    best = answer.results[0]
    assert best["id"] == AGREED
    assert best["title"] == "What did Trump and Putin agree on the telephone?"
    assert str(best["description"]).startswith("Putin agreed to suspend attacks")
    assert (answer.cache_time, answer.is_personal, answer.button) == (30, False, None)


async def test_what_is_chosen_stands_in_the_chat_with_its_source(
    telegram: FakeTelegram, chat: FakeChat, ann: Person, app: App
) -> None:
    """The message has the short answer, its date, its source and the way back; the ledger has what it told."""
    query = ann.ask_inline(ASKED)
    await answer_to(telegram, query)
    inline_id = ann.choose_inline(query, AGREED)
    message = telegram.inline_message(inline_id)
    assert "30 days" in message.text
    assert "As of 18 March 2025" in message.text
    assert "blue News" in message.text
    assert "t.me/parley_test_bot?start=q_what-was-agreed" in message.text
    assert [button.url for button in message.buttons] == ["https://t.me/parley_test_bot?start=q_what-was-agreed"]
    await handled(telegram, ann)
    told = await app.parts.ledger.told_inline(inline_id)
    assert told is not None
    assert told.line == "/inline q_what-was-agreed"
    assert told.tells[0] == app.parts.catalogue.current.questions["what-was-agreed"].ref
    assert telegram.calls_of("editMessageText") == []


async def test_no_words_offer_the_brief_and_the_newest(telegram: FakeTelegram, chat: FakeChat, ann: Person) -> None:
    """An empty query leads with the brief."""
    answer = await answer_to(telegram, ann.ask_inline(""))
    assert answer.results[0]["id"] == "p_ukraine-ceasefire-2025.en.1"
    assert len(answer.results) > 5
    assert answer.button is None


async def test_nothing_found_leads_to_the_bot(telegram: FakeTelegram, chat: FakeChat, ann: Person) -> None:
    """An empty list has the button that opens the private chat, where the welcome waits."""
    answer = await answer_to(telegram, ann.ask_inline("recipe for borscht"))
    assert answer.results == ()
    assert answer.button == {"text": "Nothing found \u2013 ask the bot", "start_parameter": "ask"}
    chat.send("/start ask")
    (hello,) = await chat.wait_for_messages()
    assert hello.text.startswith("Hello.")


async def test_typing_does_not_wait_for_the_chat_nor_the_chat_for_it(
    telegram: FakeTelegram, chat: FakeChat, ann: Person
) -> None:
    """While Telegram holds back a message to the private chat, the same person's inline query is answered."""
    held = asyncio.Event()

    async def hold(call: Call) -> None:
        if call.method == "sendMessage":
            await held.wait()

    telegram.interceptors.append(hold)
    chat.send("/help")
    await answer_to(telegram, ann.ask_inline(ASKED), timeout=2)
    held.set()
    await chat.wait_for_messages()


async def test_a_query_that_is_too_old_is_no_error(
    telegram: FakeTelegram, chat: FakeChat, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """Who has typed on is answered for what they have typed since; the log has no error."""
    late: JsonObject = {"id": "4", "from": ann.json, "query": ASKED, "offset": ""}
    telegram.push({"inline_query": late})
    telegram.push({"inline_query": late})
    await answer_to(telegram, ann.ask_inline("energy pause"))
    assert [call.ok for call in telegram.calls_of("answerInlineQuery")] == [True, False, True]
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_failed_answer_is_not_tried_again(telegram: FakeTelegram, chat: FakeChat, ann: Person) -> None:
    """Telegram's own trouble costs one query; the next one is answered."""
    telegram.fail_next("answerInlineQuery", "bad_gateway")
    ann.ask_inline("energy")
    answer = await answer_to(telegram, ann.ask_inline("energy pause"))
    assert answer.results
    assert len(telegram.calls_of("answerInlineQuery")) == 2


async def test_html_that_telegram_cannot_parse_is_offered_plain(
    telegram: FakeTelegram, chat: FakeChat, ann: Person
) -> None:
    """Where Telegram refuses our HTML, the results come as plain text rather than not at all."""
    refused: list[Call] = []

    async def refuse_once(call: Call) -> None:
        if call.method == "answerInlineQuery" and not refused:
            refused.append(call)
            raise ApiError(400, "Bad Request: can't parse entities: made up by this test")

    telegram.interceptors.append(refuse_once)
    query = ann.ask_inline(ASKED)
    await answer_to(telegram, query)
    message = telegram.inline_message(ann.choose_inline(query, AGREED))
    assert "blue News" in message.text
    assert "<b>" not in message.text


async def test_a_result_from_before_a_correction_is_mended_where_it_stands(
    telegram: FakeTelegram, chat: FakeChat, ann: Person, app: App, clock: Clock
) -> None:
    """What was published between offering and sending is in the message a moment later, and in the ledger."""
    query = ann.ask_inline(ASKED)
    await answer_to(telegram, query)
    old = app.parts.catalogue.current.questions["what-was-agreed"]
    changed = old.record.model_copy(update={"question": "What was agreed, in short?"})
    await publish(app.database, [NewRevision(changed, Change.CORRECTION, "")], author="desk", note="", now=clock())
    await app.parts.catalogue.refresh()
    inline_id = ann.choose_inline(query, AGREED)
    assert telegram.inline_message(inline_id).text.startswith("What did Trump")
    message = await telegram.wait_for_inline_edit(inline_id)
    assert message.text.startswith("What was agreed, in short?")
    assert message.buttons
    told = await app.parts.ledger.told_inline(inline_id)
    assert told is not None
    assert told.tells[0].number == old.ref.number + 1


async def test_a_publication_that_changes_nothing_in_it_is_no_error(
    telegram: FakeTelegram, chat: FakeChat, ann: Person, app: App, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Another record's publication leaves the message as it is, though Telegram is asked."""
    query = ann.ask_inline(ASKED)
    await answer_to(telegram, query)
    other = app.parts.catalogue.current.questions["ukraines-role"].record
    await publish(app.database, [NewRevision(other, Change.MINOR, "")], author="desk", note="", now=clock())
    await app.parts.catalogue.refresh()
    inline_id = ann.choose_inline(query, AGREED)
    await handled(telegram, ann)
    assert await app.parts.ledger.told_inline(inline_id) is not None
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("query", ["<b>&{{ 7 * 7 }}", "'; DROP TABLE ledger; --", "\0\u202e", "x" * 256, "🇺🇦" * 64])
async def test_hostile_words_are_answered(telegram: FakeTelegram, chat: FakeChat, ann: Person, query: str) -> None:
    """Whatever is typed is answered, with results or without."""
    await answer_to(telegram, ann.ask_inline(query, "'--"))


async def test_results_that_are_not_ours_are_ignored(
    telegram: FakeTelegram, channel: TelegramChannel, chat: FakeChat, ann: Person, app: App
) -> None:
    """A made-up id, or a message without one, changes nothing."""
    made_up: JsonObject = {"result_id": "q_x.en", "from": ann.json, "query": "", "inline_message_id": "AgAAA9"}
    telegram.push({"chosen_inline_result": made_up})
    telegram.push({"chosen_inline_result": {"result_id": AGREED, "from": ann.json, "query": ""}})
    await handled(telegram, ann)
    assert await app.parts.ledger.told_inline("AgAAA9") is None
    assert telegram.calls_of("editMessageText") == []
