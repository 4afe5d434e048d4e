"""Bulletins and updates on their way to those who follow, over the fake server."""

import asyncio
from pathlib import Path

import pytest

from bot.app import App
from bot.channels.telegram.channel import TelegramChannel
from bot.services.delivery import LEASE
from bot.settings import Settings
from bot.storage.outbox import State
from tests.channels.telegram.conftest import make_channel
from tests.conftest import ROOT, Clock
from tests.telegram import ApiError, BotMessage, Call, FakeChat, FakeTelegram, Person
from tests.test_cli import parley

OWNER = 700
PROCESS = "ukraine-ceasefire-2025"
SOON = 2.0  # seconds within which what is owed arrives


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with an owner."""
    return settings.model_copy(update={"owner_ids": (OWNER,)})


@pytest.fixture
def desk(telegram: FakeTelegram, channel: TelegramChannel) -> FakeChat:
    """Return the owner's private chat with the running bot."""
    return telegram.person(first_name="Olga", id=OWNER).private_chat()


async def follow(chat: FakeChat) -> None:
    """Let a reader follow the process."""
    chat.send("/subscribe")
    (done,) = await chat.wait_for_messages()
    assert "You now follow" in done.text


async def ask_bulletin(desk: FakeChat, text: str = "The talks go on.") -> BotMessage:
    """Let the owner write a bulletin; return the question whether to send it."""
    desk.send(f"/bulletin {text}")
    _, question = await desk.wait_for_messages(2)
    return question


async def settled(app: App, state: State, count: int) -> None:
    """Wait until so many messages are in that state."""
    async with asyncio.timeout(10):
        while (await app.delivery.counts())[state] != count:  # noqa: ASYNC110 - the database rings no bell
            await asyncio.sleep(0.02)


async def test_a_bulletin_reaches_who_follows(chat: FakeChat, desk: FakeChat, app: App, telegram: FakeTelegram) -> None:
    """Previewed, counted, confirmed in place, there within two seconds; the ledger knows it, its button unfollows."""
    await follow(chat)
    question = await ask_bulletin(desk, "The talks **go on**.")
    assert "1 reader" in question.text
    desk.press(question, label="Yes, do it")
    (news,) = await chat.wait_for_messages(timeout=SOON)
    assert news.text.startswith("From the desk: Russia")
    assert "The talks go on." in news.text
    answered = await desk.wait_for_edit(question)
    assert "On its way" in answered.text
    assert answered.buttons == ()
    await settled(app, State.SENT, 1)
    told = await app.parts.ledger.told(chat.id, news.message_id)
    assert told is not None
    assert told.line == "/news 1"
    chat.press(news, label="Unfollow")
    (ended,) = await chat.wait_for_messages()
    assert "You no longer follow" in ended.text
    assert (await app.parts.subscriptions.of(chat.id)) == ()


async def test_yes_pressed_twice_sends_once(
    chat: FakeChat, desk: FakeChat, app: App, clock: Clock, telegram: FakeTelegram
) -> None:
    """The second press finds the question answered."""
    await follow(chat)
    question = await ask_bulletin(desk)
    yes = next(button.data for button in question.buttons if button.label == "Yes, do it")
    assert yes is not None
    desk.press_data(question, yes)
    desk.press_data(question, yes)
    (again,) = await desk.wait_for_messages()
    assert "answered already" in again.text
    await chat.wait_for_messages()
    await settled(app, State.SENT, 1)
    assert not await app.delivery.waiting(clock())
    chat.quiet()


async def test_a_reader_who_blocked_the_bot_is_given_up_and_comes_back(
    chat: FakeChat, desk: FakeChat, ann: Person, app: App, telegram: FakeTelegram
) -> None:
    """Blocked, a reader is owed nothing; whoever unblocks and writes gets the next bulletin."""
    await follow(chat)
    other = telegram.person(first_name="Ben").private_chat()
    await follow(other)
    question = await ask_bulletin(desk)
    assert "2 readers" in question.text
    ann.block()
    await telegram.idle()
    desk.press(question, label="Yes, do it")
    await other.wait_for_messages()
    await settled(app, State.SENT, 1)
    assert chat.id in app.delivery.gone
    ann.unblock()
    chat.send("/subscriptions")
    await chat.wait_for_messages()
    assert chat.id not in app.delivery.gone
    desk.press(await ask_bulletin(desk, "Again."), label="Yes, do it")
    (news,) = await chat.wait_for_messages()
    assert "Again." in news.text


async def test_a_deleted_account_is_given_up(
    chat: FakeChat, desk: FakeChat, ann: Person, app: App, telegram: FakeTelegram
) -> None:
    """Telegram refuses the message, so it is given up, and the chat is counted no more."""
    await follow(chat)
    question = await ask_bulletin(desk)
    telegram.deactivate(ann)
    desk.press(question, label="Yes, do it")
    await settled(app, State.GIVEN_UP, 1)
    assert await app.parts.subscriptions.count(PROCESS) == 0


async def test_what_fails_is_tried_again_a_minute_later(
    chat: FakeChat, desk: FakeChat, app: App, clock: Clock, telegram: FakeTelegram
) -> None:
    """A server error leaves the message owed; it is not sent before its time, and then it is."""
    await follow(chat)
    question = await ask_bulletin(desk)
    failed = asyncio.Event()

    async def fail(call: Call) -> None:
        if call.method == "sendMessage" and call.params.get("chat_id") == chat.id and not failed.is_set():
            failed.set()
            raise ApiError(502, "Bad Gateway")

    telegram.interceptors.append(fail)
    desk.press(question, label="Yes, do it")
    await asyncio.wait_for(failed.wait(), 10)
    await settled(app, State.OWED, 1)
    assert not await app.delivery.waiting(clock())
    clock.advance(minutes=1)
    (news,) = await chat.wait_for_messages()
    assert "The talks go on." in news.text


async def test_a_subscriber_whose_chat_moved_is_found_there(
    chat: FakeChat, desk: FakeChat, app: App, telegram: FakeTelegram
) -> None:
    """A chat that Telegram says has moved gets its message at the new number, and its subscription there."""
    await follow(chat)
    new = telegram.person(first_name="Moved").private_chat()
    new.send("/help")
    await new.wait_for_messages()
    question = await ask_bulletin(desk)

    async def migrate(call: Call) -> None:
        if call.params.get("chat_id") == chat.id:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, words, parameters={"migrate_to_chat_id": new.id})

    telegram.interceptors.append(migrate)
    desk.press(question, label="Yes, do it")
    (news,) = await new.wait_for_messages()
    assert "The talks go on." in news.text
    await settled(app, State.SENT, 1)
    assert await app.parts.subscriptions.of(new.id) == (PROCESS,)


async def test_killed_between_sending_and_noting_it_goes_again_once_its_lease_is_over(
    telegram: FakeTelegram, app: App, clock: Clock, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least once: nothing is lost to a kill, and the one message in that window comes twice, which is counted."""
    first, stop = make_channel(telegram, app, clock), asyncio.Event()
    running = asyncio.create_task(first.run(stop))
    chat, desk = ann.private_chat(), telegram.person(first_name="Olga", id=OWNER).private_chat()
    await follow(chat)
    desk.press(await ask_bulletin(desk), label="Yes, do it")

    async def killed(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(type(app.delivery), "sent", killed)
        await chat.wait_for_messages()
        assert (await app.delivery.counts())[State.SENDING] == 1
        stop.set()
        await asyncio.wait_for(running, 5)  # three seconds for what is under way, then no more
    second, stop = make_channel(telegram, app, clock), asyncio.Event()
    running = asyncio.create_task(second.run(stop))
    desk.send("/help")
    await desk.wait_for_messages()
    chat.quiet()
    clock.advance(seconds=LEASE.total_seconds())
    (again,) = await chat.wait_for_messages()
    assert "The talks go on." in again.text
    await settled(app, State.SENT, 1)
    assert len([call for call in telegram.calls_of("sendMessage") if "The talks go on." in str(call.params)]) == 3
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_an_import_by_another_process_reaches_who_follows(
    chat: FakeChat, channel: TelegramChannel, app: App, settings: Settings, tmp_path: Path
) -> None:
    """New facts imported on the command line are news, with the card behind a button, within two seconds."""
    await follow(chat)
    folder = tmp_path / "content"
    (folder / PROCESS / "questions").mkdir(parents=True)
    for source in (ROOT / "content" / PROCESS).rglob("*.*"):
        target = folder / source.relative_to(ROOT / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    question = folder / PROCESS / "questions" / "what-was-agreed.md"
    text = question.read_text(encoding="utf-8")
    question.write_text(text.replace("on the telephone?", "on the phone?", 1), encoding="utf-8")
    done = await asyncio.to_thread(
        parley,
        tmp_path,
        *("import", str(folder), "--change", "update", "--note", "more is known"),
        PARLEY_DATABASE_URL=settings.database_url,
    )
    assert done.returncode == 0, done.stderr
    (news,) = await chat.wait_for_messages(timeout=SOON)
    assert "• What did Trump and Putin agree on the phone?" in news.text
    chat.press(news, label="What did Trump and Putin agree on the phone?")
    (card,) = await chat.wait_for_messages()
    assert card.text.startswith("What did Trump and Putin agree on the phone?")
