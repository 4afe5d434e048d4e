"""Flood control: each limit by itself, what counts, and how long a refusal lasts."""

import pytest

from tests.telegram import FakeChat, FakeTelegram, Person
from tests.telegram.client import Client, HandClock, keyboard


async def _send(bot: Client, chat: FakeChat, **params: object) -> int | None:
    """Send a message and return the retry_after of the refusal, or None where it went through."""
    answer = await bot.call("sendMessage", chat_id=chat.id, text="hi", **params)
    if answer["ok"]:
        return None
    seconds: int = answer["parameters"]["retry_after"]
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": f"Too Many Requests: retry after {seconds}",
        "parameters": {"retry_after": seconds},
    }
    return seconds


def _readers(telegram: FakeTelegram, count: int) -> list[FakeChat]:
    chats = [telegram.person(first_name=f"Reader {number}").private_chat() for number in range(count)]
    for chat in chats:
        chat.started = True
    return chats


async def test_a_private_chat_takes_one_message_a_second(
    telegram: FakeTelegram, bot: Client, chat: FakeChat, clock: HandClock
) -> None:
    """The second within a second is refused, is no fault of form, and passes when the time told is over."""
    flood = telegram.limit_floods(clock=clock)
    assert await _send(bot, chat) is None
    clock.move(0.3)
    assert await _send(bot, chat) == 1
    clock.move(0.9)
    assert await _send(bot, chat) == 1
    clock.move(0.1)
    assert await _send(bot, chat) is None
    assert flood.refusals == {chat.id: 2}
    assert telegram.refusals == []
    assert len(chat.messages) == 2


async def test_a_short_burst_is_tolerated_where_the_test_says_so(
    telegram: FakeTelegram, bot: Client, chat: FakeChat, clock: HandClock
) -> None:
    """A burst of three is three at once, and still one a second on the whole."""
    telegram.limit_floods(burst=3, clock=clock)
    assert [await _send(bot, chat) for _ in range(4)] == [None, None, None, 3]


async def test_leeway_does_not_add_up_to_a_higher_rate(
    telegram: FakeTelegram, bot: Client, chat: FakeChat, clock: HandClock
) -> None:
    """One message may come a little early; a bot that always comes early is refused."""
    telegram.limit_floods(clock=clock)
    outcomes = []
    for _ in range(3):
        outcomes.append(await _send(bot, chat))
        clock.move(0.96)
    assert outcomes == [None, None, 1]


async def test_a_group_takes_twenty_messages_a_minute(telegram: FakeTelegram, bot: Client, clock: HandClock) -> None:
    """The twenty-first has to wait until the first is a minute old."""
    group = telegram.group("Desk", [telegram.person()])
    flood = telegram.limit_floods(clock=clock)
    for _ in range(20):
        assert await _send(bot, group) is None
        clock.move(0.5)
    assert await _send(bot, group) == 50
    clock.move(49)
    assert await _send(bot, group) == 1
    clock.move(1)
    assert await _send(bot, group) is None
    assert flood.refusals[group.id] == 2


async def test_all_chats_together_take_thirty_messages_a_second(
    telegram: FakeTelegram, bot: Client, clock: HandClock
) -> None:
    """Everybody is refused while the wait lasts, whoever it was told to."""
    chats = _readers(telegram, 32)
    flood = telegram.limit_floods(clock=clock)
    assert [await _send(bot, chat) for chat in chats] == [None] * 30 + [1, 1]
    clock.move(1)
    assert await _send(bot, chats[-1]) is None
    assert flood.refusals == {"overall": 2}


async def test_paid_broadcasts_have_a_wider_limit(telegram: FakeTelegram, bot: Client, clock: HandClock) -> None:
    """allow_paid_broadcast lifts the limit of thirty a second, up to one of its own."""
    chats = _readers(telegram, 42)
    flood = telegram.limit_floods(paid_per_second=40, clock=clock)
    outcomes = [await _send(bot, chat, allow_paid_broadcast=True) for chat in chats]
    assert outcomes == [None] * 40 + [1, 1]
    assert flood.refusals == {"paid": 2}


async def test_edits_count_and_answers_do_not(
    telegram: FakeTelegram, bot: Client, chat: FakeChat, clock: HandClock
) -> None:
    """Editing is writing; typing, answering a press and polling are free."""
    sent = await bot.result("sendMessage", chat_id=chat.id, text="hi", reply_markup=keyboard())
    flood = telegram.limit_floods(clock=clock)
    target = {"chat_id": chat.id, "message_id": sent["message_id"]}
    await bot.result("editMessageText", **target, text="one")
    assert "retry after 1" in await bot.error("editMessageText", **target, text="two")
    for _ in range(3):
        query_id = chat.press_data(sent["message_id"], "x")
        await bot.result("answerCallbackQuery", callback_query_id=query_id)
        await bot.result("sendChatAction", chat_id=chat.id, action="typing")
        await bot.result("getUpdates")
    assert flood.refusals.total() == 1


async def test_a_channel_named_by_its_username_is_the_same_scope(
    telegram: FakeTelegram, bot: Client, clock: HandClock, ann: Person
) -> None:
    """The limit is the chat's, however it is named."""
    channel = telegram.channel("News", username="parley_news", admins=[ann])
    telegram.limit_floods(group_per_minute=1, clock=clock)
    await bot.result("sendMessage", chat_id="@parley_news", text="one")
    assert "retry after 60" in await bot.error("sendMessage", chat_id=channel.id, text="two")


@pytest.mark.parametrize("seconds", [0.2, 5.0])
async def test_a_wait_that_runs_is_not_prolonged(
    telegram: FakeTelegram, bot: Client, clock: HandClock, seconds: float
) -> None:
    """Trying again too early is refused with what is left, and leaves the end where it is."""
    group = telegram.group("Desk", [telegram.person()])
    telegram.limit_floods(group_per_minute=1, clock=clock)
    await bot.result("sendMessage", chat_id=group.id, text="one")
    for _ in range(4):
        assert await _send(bot, group) is not None
        clock.move(seconds)
    clock.move(60 - 4 * seconds)
    assert await _send(bot, group) is None
