"""Delivering updates to the bot's webhook, as long as it has one on this machine.

As on Telegram: one update a POST, in order within a chat (for each kind of update) and in no order between chats, up
to max_connections at once; one that was not answered with 2xx comes again, and holds up nothing but its own chat.
"""

import asyncio
import json
import time
from collections.abc import Hashable
from urllib.parse import urlsplit

import aiohttp

from tests.telegram.payload import JsonObject
from tests.telegram.updates import UpdateQueue

DEFAULT_CONNECTIONS = 40
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
HOSTS = frozenset({"127.0.0.1", "localhost"})


def is_local(url: str) -> bool:
    """Return whether the address is on this machine: only there anything is delivered, and plain HTTP is allowed."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "http" and parts.hostname in HOSTS


class WebhookDelivery:
    """Posts what is pending. The first retry comes after `backoff` seconds, each later one after twice as long."""

    def __init__(self, updates: UpdateQueue) -> None:
        self.backoff = 0.02
        self.longest_backoff = 1.0
        self.read_timeout = 10.0
        self.attempts = 0
        self._updates = updates
        self._posting: set[Hashable] = set()
        self._failures: dict[int, int] = {}
        self._not_before: dict[Hashable, float] = {}
        self._served: JsonObject = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        headers = {"Accept-Encoding": "gzip, deflate"}
        skipped = ("User-Agent", "Accept")
        timeout = aiohttp.ClientTimeout(total=self.read_timeout)
        connector = aiohttp.TCPConnector(limit=0)
        async with (
            aiohttp.ClientSession(
                headers=headers, skip_auto_headers=skipped, timeout=timeout, connector=connector
            ) as session,
            asyncio.TaskGroup() as posts,
        ):
            while await self._updates.bell.until(lambda: self._next() is not None, None):
                if (found := self._next()) is not None:
                    key, entry = found
                    self._posting.add(key)
                    posts.create_task(self._deliver(session, key, entry))

    def _next(self) -> tuple[Hashable, tuple[int, JsonObject]] | None:
        """Return the first update that may go out now, and the queue that it stands in."""
        webhook = self._updates.webhook
        limit = webhook.get("max_connections", DEFAULT_CONNECTIONS)
        if not is_local(self._updates.webhook_url) or not isinstance(limit, int) or len(self._posting) >= limit:
            return None
        if webhook is not self._served:
            self._served = webhook
            self._failures.clear()
            self._not_before.clear()
        now, behind = time.monotonic(), set[Hashable]()
        for entry in self._updates.pending:
            key = _queue_of(*entry)
            if key in behind:
                continue
            if key not in self._posting and self._not_before.get(key, now) <= now:
                return key, entry
            behind.add(key)
        return None

    async def _deliver(self, session: aiohttp.ClientSession, key: Hashable, entry: tuple[int, JsonObject]) -> None:
        number, update = entry
        webhook = self._updates.webhook
        try:
            fault = await self._post(session, webhook, update)
        finally:
            self._posting.discard(key)
        # Where the webhook was moved or deleted meanwhile, what failed is for the new one to try at once.
        if fault is not None and webhook is self._updates.webhook:
            self._updates.webhook_fault = int(time.time()), fault
            self._delay(key, number)
        if fault is None:
            self._failures.pop(number, None)
            self._not_before.pop(key, None)
            if entry in self._updates.pending:
                self._updates.pending.remove(entry)
        self._updates.bell.ring()

    def _delay(self, key: Hashable, number: int) -> None:
        failures = self._failures[number] = self._failures.get(number, 0) + 1
        seconds = min(self.backoff * 2 ** (failures - 1), self.longest_backoff)
        self._not_before[key] = time.monotonic() + seconds
        # A little later than that, so that the clock has surely got there when the bell rings.
        asyncio.get_running_loop().call_later(seconds + 0.001, self._updates.bell.ring)

    async def _post(self, session: aiohttp.ClientSession, webhook: JsonObject, update: JsonObject) -> str | None:
        """Return what went wrong, in Telegram's words, or None."""
        headers = {"Content-Type": "application/json"}
        secret = webhook.get("secret_token")
        if isinstance(secret, str):
            headers[SECRET_HEADER] = secret
        self.attempts += 1
        body = json.dumps(update, ensure_ascii=False).encode()
        try:
            async with session.post(str(webhook["url"]), data=body, headers=headers, allow_redirects=False) as response:
                await response.read()
                if response.ok and response.status < 300:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError:
            return "Webhook connection closed"


def _queue_of(number: int, update: JsonObject) -> Hashable:
    """Return what an update is in order with: its kind in its chat, else its kind of that person, else nothing."""
    for kind, content in update.items():
        if isinstance(content, dict):
            chat = content.get("chat") or content.get("from")
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return kind, chat["id"]
    return number
