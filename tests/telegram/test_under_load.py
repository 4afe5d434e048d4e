"""The server under load: what it keeps must not slow it down."""

import asyncio
import time
from collections.abc import Callable

import aiohttp
import pytest

from tests.telegram import FakeTelegram
from tests.telegram.client import Client
from tests.telegram.updates import UpdateQueue
from tests.telegram.wire import RawRequest


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor time that the work takes, whatever else the machine does."""
    began = time.process_time()
    work()
    return time.process_time() - began


async def test_a_long_log_of_calls_costs_the_next_call_nothing(telegram: FakeTelegram) -> None:
    """Whether the server is idle is known without looking through a hundred thousand calls."""
    dispatcher = telegram._dispatcher
    raw = RawRequest({}, {}, {})
    for _ in range(100_000):
        await dispatcher.run(dispatcher.begin("unknown", raw), raw)
    assert len(telegram.calls) == telegram.counts["unknown"] == 100_000
    under_way = dispatcher.begin("getMe", raw)
    assert _seconds(lambda: [dispatcher.busy for _ in range(1000)]) < 0.1
    assert dispatcher.busy == [under_way]


def test_confirming_a_batch_does_not_look_at_the_whole_queue(telegram_queue: UpdateQueue) -> None:
    """A hundred thousand updates are polled away in a thousand cheap steps."""
    first, *_ = (telegram_queue.add_raw({"message": {}}) for _ in range(100_000))

    def poll_all() -> None:
        for offset in range(first, first + 100_000, 100):
            telegram_queue.confirm(offset)

    assert _seconds(poll_all) < 1
    assert len(telegram_queue.pending) == 100


def test_an_update_from_the_past_is_confirmed_too(telegram_queue: UpdateQueue) -> None:
    """Ids may be out of order where a test pushed them so."""
    for number in (50, 10, 60):
        telegram_queue.add_raw({"update_id": number, "message": {}})
    telegram_queue.confirm(51)
    assert [number for number, _ in telegram_queue.pending] == [60]


@pytest.fixture
def telegram_queue(telegram: FakeTelegram) -> UpdateQueue:
    """The server's queue."""
    return telegram.world.updates


async def test_the_specification_can_be_left_out() -> None:
    """Then only the table of methods is checked."""
    markup = {"keyboard": [[{"text": "Chat", "request_chat": {"request_id": 1, "channel": True}}]]}
    async with FakeTelegram(strict_spec=False) as telegram:
        chat = telegram.person().private_chat()
        chat.send("/start")
        async with aiohttp.ClientSession() as session:
            bot = Client(telegram, session)
            await bot.result("sendMessage", chat_id=chat.id, text="hi", reply_markup=markup)
            assert "unknown parameter" in await bot.error("sendMessage", chat_id=chat.id, text="hi", colour="red")


async def test_many_chats_can_be_waited_for_at_once(telegram: FakeTelegram, bot: Client) -> None:
    """Each waits at a bell of its own."""
    chats = [telegram.person(f"Reader {number}").private_chat() for number in range(50)]
    waiting = [asyncio.create_task(chat.wait_for_messages(2)) for chat in chats]
    for chat in chats:
        chat.started = True
        for text in ("one", "two"):
            await bot.result("sendMessage", chat_id=chat.id, text=text)
    for messages in await asyncio.gather(*waiting):
        assert [message.text for message in messages] == ["one", "two"]
