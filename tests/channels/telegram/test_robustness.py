"""What Telegram and the network do to a bot, and that nobody's question is lost by it."""

import asyncio

import pytest
from telegram.error import BadRequest

from bot.app import App
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.persistence import until_through
from bot.channels.telegram.polling import ALLOWED
from bot.services.inbox import Inbox
from tests.channels.telegram.conftest import make_channel
from tests.conftest import Clock
from tests.telegram import ApiError, Call, FakeChat, FakeTelegram, Person


async def test_a_server_error_is_waited_out(telegram: FakeTelegram, chat: FakeChat) -> None:
    """A message that Telegram's server failed is sent again."""
    failures = [ApiError(502, "Bad Gateway"), ApiError(500, "Internal Server Error")]

    async def fail(call: Call) -> None:
        if call.method == "sendMessage" and failures:
            raise failures.pop()

    telegram.interceptors.append(fail)
    chat.send("/agreed")
    (answer,) = await chat.wait_for_messages()
    assert "blue News" in answer.text
    assert len(telegram.calls_of("sendMessage")) == 3


async def test_a_wait_that_telegram_imposes_is_kept(telegram: FakeTelegram, chat: FakeChat) -> None:
    """After 429 the message goes out once its time has come, and not before."""
    refused: list[float] = []

    async def refuse(call: Call) -> None:
        if call.method == "sendMessage" and not refused:
            refused.append(call.at)
            raise ApiError(429, "Too Many Requests: retry after 1", parameters={"retry_after": 1})

    telegram.interceptors.append(refuse)
    chat.send("/help")
    await chat.wait_for_messages()
    first, second = telegram.calls_of("sendMessage")
    assert second.at - first.at >= 1.0


async def test_a_chat_is_answered_in_order(chat: FakeChat) -> None:
    """Three questions at once are answered one after another, as they were asked."""
    for line in ("/brief", "/help", "/privacy"):
        chat.send(line)
    answers = await chat.wait_for_messages(3)
    assert [answer.text.split()[0] for answer in answers] == ["Russia\u2013Ukraine", "Ask", "What"]


async def test_an_update_that_comes_twice_is_answered_once(telegram: FakeTelegram, chat: FakeChat) -> None:
    """The inbox knows an update by its number."""
    update = chat.send("/help")
    await chat.wait_for_messages()
    telegram.push({"update_id": 900_000_000, "message": update})
    telegram.push({"update_id": 900_000_000, "message": update})
    await chat.wait_for_messages()
    chat.send("/privacy")
    (answer,) = await chat.wait_for_messages()
    assert answer.text.startswith("What is kept of you")


async def test_a_button_pressed_long_ago_is_acted_upon(telegram: FakeTelegram, chat: FakeChat) -> None:
    """Its query has expired, as after an outage, so its clock cannot be stopped any more; the page turns."""

    async def expire(call: Call) -> None:
        if call.method == "answerCallbackQuery":
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")

    telegram.interceptors.append(expire)
    chat.send("/asof 2025-03-19")
    (page,) = await chat.wait_for_messages()
    chat.press(page, label="As we knew it then")
    turned = await chat.wait_for_edit(page)
    assert "Nothing had been recorded here by that day" in turned.text
    assert len(telegram.calls_of("answerCallbackQuery")) == 1


async def test_what_it_wants_to_hear_of_is_said_with_every_poll(telegram: FakeTelegram, chat: FakeChat) -> None:
    """Left out, the server would keep to what an earlier bot with the same token had asked for."""
    chat.send("/help")
    await chat.wait_for_messages()
    polls = telegram.calls_of("getUpdates")
    assert polls
    assert all(call.params["allowed_updates"] == list(ALLOWED) for call in polls)


async def test_a_blocked_bot_does_not_stop_at_it(telegram: FakeTelegram, chat: FakeChat, ann: Person) -> None:
    """403 for one reader is noted, and the next reader is answered."""

    async def block(call: Call) -> None:
        if call.method == "sendMessage" and call.params.get("chat_id") == chat.id:
            raise ApiError(403, "Forbidden: bot was blocked by the user")

    telegram.interceptors.append(block)
    chat.send("/help")
    other = telegram.person(first_name="Ben").private_chat()
    other.send("/help")
    (answer,) = await other.wait_for_messages()
    assert answer.text.startswith("Ask in your own words")


async def test_a_migrated_group_is_answered_at_its_new_number(
    telegram: FakeTelegram, channel: TelegramChannel, app: App, ann: Person
) -> None:
    """A group that became a supergroup gets its answer there, and keeps its topic."""
    old, new = telegram.group("Old", [ann]), telegram.group("New", [ann])
    await app.parts.topics.choose(old.id, "ukraine-ceasefire-2025")

    async def migrate(call: Call) -> None:
        if call.params.get("chat_id") == old.id:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": new.id},
            )

    telegram.interceptors.append(migrate)
    old.send(ann, "/agreed")
    (answer,) = await new.wait_for_messages()
    assert "blue News" in answer.text
    assert app.parts.topics.chosen(new.id) == "ukraine-ceasefire-2025"
    assert app.parts.topics.chosen(old.id) is None


async def test_the_desk_hears_of_a_failure_once_an_hour(
    telegram: FakeTelegram, app: App, clock: Clock, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The alert has the number that the reader was given; the same failure is counted until the hour is over."""
    desk = telegram.group("Desk", [telegram.person(first_name="Editor")])
    bot, stop = make_channel(telegram, app, clock, desk.id), asyncio.Event()
    running = asyncio.create_task(bot.run(stop))
    monkeypatch.delattr(type(app.parts.catalogue.current.index), "find")
    chat = ann.private_chat()
    for _ in range(3):
        chat.send("what was agreed")
    failures = await chat.wait_for_messages(3)
    (alert,) = await desk.wait_for_messages()
    assert failures[0].text.rsplit(": ", 1)[1] in alert.text
    clock.advance(hours=1)
    chat.send("what was agreed")
    (again,) = await desk.wait_for_messages()
    assert "3 times since the last alert" in again.text
    stop.set()
    await asyncio.wait_for(running, 5)


@pytest.mark.parametrize("silent", ["getMe", "setMyCommands", "getUpdates"])
async def test_a_silent_telegram_does_not_keep_it_from_stopping(
    telegram: FakeTelegram, app: App, clock: Clock, silent: str
) -> None:
    """Told to stop while Telegram does not answer, at the start or at the end, it stops all the same."""
    asked = asyncio.Event()

    async def keep_silent(call: Call) -> None:
        if call.method == silent:
            asked.set()
            await asyncio.Event().wait()

    telegram.interceptors.append(keep_silent)
    stop = asyncio.Event()
    running = asyncio.create_task(make_channel(telegram, app, clock).run(stop))
    await asyncio.wait_for(asked.wait(), 30)
    stop.set()
    await asyncio.wait_for(running, 8)  # less than any call is waited for


async def test_what_cannot_be_mended_by_trying_is_not_tried_again() -> None:
    """A refused request is raised at once."""
    tries = 0

    async def call() -> None:
        nonlocal tries
        tries += 1
        raise BadRequest("no")

    with pytest.raises(BadRequest):
        await until_through(call)
    assert tries == 1


async def test_an_update_of_wrong_types_stops_nobody(
    telegram: FakeTelegram, app: App, clock: Clock, ann: Person
) -> None:
    """A chat whose number is none is skipped and struck out; whoever asks next is answered."""
    bot, stop = make_channel(telegram, app, clock), asyncio.Event()
    running = asyncio.create_task(bot.run(stop))
    telegram.push({"message": {"message_id": 1, "date": 1, "chat": {"id": {}, "type": "private"}, "text": "x"}})
    chat = ann.private_chat()
    chat.send("/help")
    (answer,) = await chat.wait_for_messages()
    assert answer.text.startswith("Ask in your own words")
    stop.set()
    await asyncio.wait_for(running, 5)
    assert await Inbox(app.database).waiting() == ()


@pytest.mark.parametrize("line", ["/rate", "/confirm", "/confirm x"])
async def test_what_only_stands_behind_buttons_is_no_command_to_type(chat: FakeChat, line: str) -> None:
    """Typed by hand it is answered like any command that does not exist."""
    chat.send(line)
    (answer,) = await chat.wait_for_messages()
    assert "There is no command" in answer.text
