"""Groups, channels and the desk's view of what goes out, over the fake server."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.app import App
from bot.channels.telegram.channel import TelegramChannel
from bot.domain.base import Kind
from bot.domain.following import Mode
from bot.services.broadcast import write_bulletin
from bot.settings import Settings
from tests.channels.telegram.conftest import make_channel
from tests.conftest import Clock
from tests.telegram import FakeChat, FakeTelegram, Person

OWNER = 700
TALKS = (Kind.PROCESS, "ukraine-ceasefire-2025")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with an owner."""
    return settings.model_copy(update={"owner_ids": (OWNER,)})


@pytest.fixture
async def channel(telegram: FakeTelegram, app: App, clock: Clock) -> AsyncIterator[TelegramChannel]:
    """Run a bot that sends one message in two seconds to followers."""
    bot = make_channel(telegram, app, clock, rate=0.5)
    stop = asyncio.Event()
    running = asyncio.create_task(bot.run(stop))
    yield bot
    stop.set()
    async with asyncio.timeout(10):
        await running


async def test_only_administrators_decide_for_a_group_or_a_channel(
    telegram: FakeTelegram, chat: FakeChat, ann: Person, app: App
) -> None:
    """In the group itself, and for a channel from the private chat, where the bot may post in it."""
    ben = telegram.person("Ben")
    group = telegram.group("Friends", [ann, ben], admins=[ann])
    group.send(ben, "/subscribe@parley_test_bot")
    (refused,) = await group.wait_for_messages()
    assert "its administrators decide" in refused.text
    group.send(ann, "/subscribe@parley_test_bot")
    (followed,) = await group.wait_for_messages()
    assert "You now follow" in followed.text
    group.press(followed, label="Daily", by=ben)
    (refused,) = await group.wait_for_messages()
    assert "its administrators decide" in refused.text
    news = telegram.channel("News", username="parley_news", admins=[ann])
    news.promote_bot(ann, can_post_messages=False)
    chat.send("/subscribe all @parley_news")
    (refused,) = await chat.wait_for_messages()
    assert "its administrators decide" in refused.text
    news.promote_bot(ann, can_post_messages=True)
    chat.send("/subscribe all @parley_news")
    (followed,) = await chat.wait_for_messages()
    assert "You now follow: Everything here" in followed.text
    chat.press(followed, label="Weekly")
    assert "in a weekly digest" in (await chat.wait_for_edit(followed)).text
    held = (await app.parts.subscriptions.read(news.id)).subscriptions
    assert [(item.target, item.mode.value) for item in held] == [(None, "weekly")]
    stranger = ben.private_chat()
    stranger.send("/subscriptions @parley_news")
    (refused,) = await stranger.wait_for_messages()
    assert "its administrators decide" in refused.text
    assert not (await app.parts.subscriptions.read(chat.id)).subscriptions


async def test_the_desk_sees_how_a_bulletin_goes_and_stops_it(
    telegram: FakeTelegram, chat: FakeChat, app: App, clock: Clock
) -> None:
    """One message, edited in place, with Pause and Stop; stopped, nothing more goes out, the rest is given up."""
    readers = [telegram.person(f"Reader {number}").private_chat() for number in range(4)]
    for reader in readers:
        reader.send("/subscribe")
        await reader.wait_for_messages()
    desk = telegram.person("Olga", id=OWNER).private_chat()
    desk.send("/bulletin The talks go on.")
    _, question = await desk.wait_for_messages(2)
    desk.press(question, label="Yes, do it")
    await desk.wait_for_edit(question)
    clock.advance(seconds=4)
    (progress,) = await desk.wait_for_messages()
    assert progress.text.startswith("Bulletin no. 1")
    assert progress.labels == ["Pause", "Stop"]
    desk.press(progress, label="Stop")
    stopped = await desk.wait_for_edit(progress)
    assert "stopped" in stopped.text
    assert not stopped.buttons
    async with asyncio.timeout(30):
        while await app.delivery.owed():  # noqa: ASYNC110 - the database rings no bell
            await asyncio.sleep(0.05)
    counts = await app.delivery.counts(1)
    assert sum(counts.values()) == 4
    assert counts[next(state for state in counts if state.value == "given up")] > 0
    desk.send("/outbox")
    (nothing,) = await desk.wait_for_messages()
    assert "Nothing is on its way." in nothing.text


async def test_a_digest_does_not_wait_for_a_long_broadcast_to_end(
    telegram: FakeTelegram, chat: FakeChat, app: App, clock: Clock
) -> None:
    """What comes due while a bulletin goes to very many goes out beside it."""
    for number in range(30):
        reader = telegram.person(f"Reader {number}").private_chat()
        reader.started = True
        await app.parts.subscriptions.start(reader.id, TALKS, "en", clock())
    chat.started = True
    await app.parts.subscriptions.start(chat.id, TALKS, "en", clock())
    await app.parts.subscriptions.set_mode(chat.id, TALKS, Mode.DAILY, clock())
    async with app.database.write() as connection:
        await write_bulletin(connection, TALKS[1], "The talks go on.", author="a", now=clock())
    app.parts.owed.set()
    async with asyncio.timeout(30):
        while not telegram.calls_of("sendMessage"):  # noqa: ASYNC110 - the server rings no bell for it
            await asyncio.sleep(0.02)
    clock.advance(days=1)
    (digest,) = await chat.wait_for_messages(timeout=30)
    assert "The talks go on." in digest.text
    assert await app.delivery.owed() > 10
