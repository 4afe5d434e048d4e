"""Webhook delivery: what a POST looks like, when it comes again, and the way back to polling."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from tests.telegram import FakeChat, FakeTelegram, Person
from tests.telegram.bell import Bell
from tests.telegram.client import Client


class Hook:
    """A bot's webhook: it keeps every request, and answers with what `answer` makes of the update."""

    def __init__(self) -> None:
        self.url = ""
        self.updates: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.bell = Bell()
        self.open = True
        self.status: Callable[[dict[str, Any]], int] = lambda _: 200

    async def receive(self, request: web.Request) -> web.Response:
        """Take one update, and answer once the hook is open."""
        self.headers.append(dict(request.headers))
        self.updates.append(await request.json())
        status = self.status(self.updates[-1])
        self.bell.ring()
        await self.bell.until(lambda: self.open, 5)
        return web.Response(status=status)

    async def wait(self, requests: int) -> None:
        """Return once that many requests came."""
        assert await self.bell.until(lambda: len(self.updates) >= requests, 5), self.updates

    @property
    def texts(self) -> list[str]:
        """The texts of the messages, in the order they came."""
        return [update["message"]["text"] for update in self.updates]


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    """A server for the webhook."""
    hook = Hook()
    application = web.Application()
    application.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_an_update_is_posted_with_the_secret(
    telegram: FakeTelegram, bot: Client, hook: Hook, chat: FakeChat
) -> None:
    """One update a request, the content type to the letter, and then the queue is empty."""
    await bot.result("setWebhook", url=hook.url, secret_token="s3cret_-")
    await telegram.idle()
    (update,), (headers,) = hook.updates, hook.headers
    assert update["message"]["text"] == "/start"
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret_-"
    chat.send("later")
    await telegram.idle()
    assert hook.texts == ["/start", "later"]
    assert (await bot.result("getWebhookInfo"))["pending_update_count"] == 0


async def test_an_update_comes_again_until_it_is_taken(
    telegram: FakeTelegram, bot: Client, hook: Hook, chat: FakeChat
) -> None:
    """The same update, before any later one of its chat; getWebhookInfo tells why."""
    telegram.webhook.backoff = 0.001
    hook.status = lambda _: 500 if len(hook.updates) < 3 else 201
    chat.send("second")
    await bot.result("setWebhook", url=hook.url)
    await telegram.idle()
    assert hook.texts == ["/start", "/start", "/start", "second"]
    assert len({update["update_id"] for update in hook.updates[:3]}) == 1
    info = await bot.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["last_error_date"] > 0


async def test_a_chat_that_fails_holds_up_no_other(
    telegram: FakeTelegram, bot: Client, hook: Hook, chat: FakeChat
) -> None:
    """Retries are each update's own; what waits is counted."""
    telegram.webhook.backoff = 60
    hook.status = lambda update: 500 if update["message"]["chat"]["id"] == chat.id else 200
    ben = telegram.person("Ben")
    ben.private_chat().send("passes")
    await bot.result("setWebhook", url=hook.url)
    await hook.wait(2)
    assert await telegram.world.bell.until(lambda: len(telegram.world.updates.pending) == 1, 5)
    assert sorted(hook.texts) == ["/start", "passes"]
    assert (await bot.result("getWebhookInfo"))["pending_update_count"] == 1


async def test_no_more_than_max_connections_are_open_at_once(
    telegram: FakeTelegram, bot: Client, hook: Hook, ann: Person
) -> None:
    """The rest waits for an answer; a chat has one update under way."""
    hook.open = False
    for number in range(5):
        telegram.person(f"Reader {number}").private_chat().send(str(number))
    await bot.result("setWebhook", url=hook.url, max_connections=2)
    await hook.wait(2)
    assert telegram.webhook.attempts == 2
    hook.open = True
    hook.bell.ring()
    await telegram.idle()
    assert sorted(hook.texts) == list("01234")


async def test_order_is_kept_within_a_chat(telegram: FakeTelegram, bot: Client, hook: Hook, chat: FakeChat) -> None:
    """However many connections there are."""
    for number in range(20):
        chat.send(str(number))
    await bot.result("setWebhook", url=hook.url, max_connections=100)
    await telegram.idle()
    assert hook.texts == ["/start", *map(str, range(20))]


async def test_deleting_the_webhook_goes_back_to_polling(
    telegram: FakeTelegram, bot: Client, hook: Hook, chat: FakeChat
) -> None:
    """What was not delivered is polled for; until then polling is a conflict."""
    telegram.webhook.backoff = 60
    hook.status = lambda _: 500
    await bot.result("setWebhook", url=hook.url)
    await hook.wait(1)
    assert (await bot.call("getUpdates"))["error_code"] == 409
    await bot.result("deleteWebhook")
    (update,) = await bot.result("getUpdates")
    assert update["message"]["text"] == "/start"
    assert (await bot.result("getWebhookInfo"))["url"] == ""


async def test_setting_a_webhook_ends_the_poll_under_way(telegram: FakeTelegram, bot: Client, hook: Hook) -> None:
    """It is told so."""
    poll = asyncio.create_task(bot.error("getUpdates", timeout=30))
    assert await telegram.world.bell.until(lambda: telegram.counts["getUpdates"] == 1, 5)
    await bot.result("setWebhook", url=hook.url)
    assert await asyncio.wait_for(poll, 5) == "Conflict: terminated by setWebhook request"


async def test_nobody_listening_is_told_of(telegram: FakeTelegram, bot: Client, chat: FakeChat) -> None:
    """A connection that is refused is an error like any other."""
    telegram.webhook.backoff = 60
    await bot.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert await telegram.world.bell.until(lambda: telegram.world.updates.webhook_fault is not None, 5)
    assert (await bot.result("getWebhookInfo"))["last_error_message"] == "Connection refused"
    await bot.result("deleteWebhook", drop_pending_updates=True)
    assert await bot.result("getUpdates") == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:8080/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://example.org/hook", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org/hook", "max_connections": 101}, "max_connections must be between 1 and 100"),
    ],
)
async def test_an_address_that_telegram_would_not_take_is_refused(
    bot: Client, params: dict[str, Any], words: str
) -> None:
    """Only HTTPS on four ports, but for this machine."""
    assert await bot.error("setWebhook", **params) == f"Bad Request: {words}"
    assert (await bot.result("getWebhookInfo"))["url"] == ""
