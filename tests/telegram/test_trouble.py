"""Server trouble: what each kind does to the answer and to the effect, planned and at random."""

import asyncio
import contextlib

import aiohttp
import pytest

from tests.telegram import FakeChat, FakeTelegram
from tests.telegram.client import Client
from tests.telegram.trouble import KINDS, Trouble, TroubleKind


@pytest.mark.parametrize(
    ("kind", "status", "title"),
    [("internal_error", 500, "500 Internal Server Error"), ("bad_gateway", 502, "502 Bad Gateway")],
)
async def test_an_error_page_is_html_and_nothing_is_done(
    telegram: FakeTelegram, bot: Client, chat: FakeChat, kind: TroubleKind, status: int, title: str
) -> None:
    """The body is no JSON; the log tells the trouble."""
    telegram.fail_next("sendMessage", kind)
    params = {"chat_id": chat.id, "text": "hi"}
    async with bot.session.post(bot.address("sendMessage"), json=params) as response:
        assert (response.status, response.content_type) == (status, "text/html")
        assert f"<h1>{title}</h1>" in await response.text()
    assert chat.messages == ()
    assert [(call.ok, call.trouble) for call in telegram.calls] == [(False, kind)]
    await bot.result("sendMessage", **params)


async def test_an_error_may_be_json_too(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """A 500 in the form of any other error."""
    telegram.fail_next("sendMessage", "json_error", times=2)
    for _ in range(2):
        answer = await bot.call("sendMessage", chat_id=chat.id, text="hi")
        assert answer == {"ok": False, "error_code": 500, "description": "Internal Server Error"}
    assert telegram.trouble.counts == {"json_error": 2}
    assert chat.messages == ()
    assert telegram.refusals == []


async def test_a_late_answer_comes_after_the_effect(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """The client still waits when the message is there; once it gives up, the server is idle."""
    telegram.fail_next("sendMessage", "late")
    sending = asyncio.create_task(bot.call("sendMessage", chat_id=chat.id, text="hi"))
    await chat.wait_for_messages()
    await bot.result("getUpdates", offset=-1)
    assert not sending.done()
    sending.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await sending
    assert [(call.ok, call.trouble) for call in telegram.calls_of("sendMessage")] == [(True, "late")]


async def test_a_late_answer_does_come_where_the_client_waits(bot: Client, chat: FakeChat) -> None:
    """The delay is the trouble's own."""
    bot.telegram.trouble = Trouble(rate=1, kinds=["late"], delay=0.01)
    assert (await bot.result("sendMessage", chat_id=chat.id, text="hi"))["text"] == "hi"


@pytest.mark.parametrize(("kind", "messages"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection_tells_nothing_of_the_effect(
    telegram: FakeTelegram, bot: Client, chat: FakeChat, kind: TroubleKind, messages: int
) -> None:
    """Both look alike to the client: only the chat knows."""
    telegram.fail_next("sendMessage", kind)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("sendMessage", chat_id=chat.id, text="hi")
    assert len(chat.messages) == messages
    assert [(call.ok, call.trouble) for call in telegram.calls] == [(bool(messages), kind)]
    await bot.result("sendMessage", chat_id=chat.id, text="hi")


async def test_updates_lost_on_the_way_come_again(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """A poll whose answer never arrives has confirmed nothing."""
    telegram.fail_next("getUpdates", "drop_after")
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("getUpdates")
    assert len(await bot.result("getUpdates")) == 1


def _strikes(trouble: Trouble, method: str) -> list[TroubleKind | None]:
    return [trouble.strike(method) for _ in range(1000)]


def test_the_same_seed_strikes_the_same_calls() -> None:
    """About one in ten, of every kind, whatever other methods were called in between; and all are counted."""
    first, second = Trouble(rate=0.1, seed=7), Trouble(rate=0.1, seed=7)
    _strikes(second, "getUpdates")
    struck = _strikes(first, "sendMessage")
    assert struck == _strikes(second, "sendMessage")
    assert struck != _strikes(Trouble(rate=0.1, seed=8), "sendMessage")
    assert set(struck) == {*KINDS, None}
    assert 70 <= first.counts.total() <= 130
    assert first.counts.total() == sum(kind is not None for kind in struck)


def test_trouble_may_be_limited_to_some_methods_and_kinds() -> None:
    """All others are served well."""
    trouble = Trouble(rate=1, methods=["sendMessage"], kinds=["drop_after"])
    assert trouble.strike("getMe") is None
    assert trouble.strike("sendMessage") == "drop_after"
    trouble.plan("getMe", "late")
    assert [trouble.strike("getMe"), trouble.strike("getMe")] == ["late", None]
