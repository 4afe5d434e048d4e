"""A Bot API on a loopback port that costs as little as it can, so that the bots are measured and not the server.

It believes whatever it is sent; the strict server is in tests/telegram. One bot talks to it at a time.
"""

import asyncio
import re
import time
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

from aiohttp import web

from bench.updates import Prepared, prepared

_BATCH: Final = 100
_FIRST_UPDATE: Final = 1000
_ME: Final = b'{"id":123456789,"is_bot":true,"first_name":"Bench","username":"BenchBot"}'
# A number in a query or form ("chat_id=5"), in JSON ('"chat_id": 5'), or as a part of multipart: all clients differ.
_NUMBER: Final = rb'(?:(?:^|[&?"]){name}(?:=|"\s*:\s*"?)|name="{name}".*?\r\n\r\n)(-?\d+)'
_NAMES: Final = ("chat_id", "offset", "limit", "timeout")
_NUMBERS: Final = {name: re.compile(_NUMBER.replace(b"{name}", name.encode()), re.DOTALL) for name in _NAMES}


@dataclass(slots=True)
class Exchange:
    """Messages handed out to the bot and its replies, from the first handed out to the last reply."""

    expected: int
    started: float = 0.0
    ended: float = 0.0
    latencies: list[float] = field(default_factory=list)  # seconds from handing out to reply, for each reply
    server_busy: float = 0.0  # of one core, 0 to 1: near 1 the server would be what is measured

    @property
    def seconds(self) -> float:
        """Return how long it took."""
        return self.ended - self.started

    @property
    def complete(self) -> bool:
        """Return whether every message has been replied to."""
        return len(self.latencies) >= self.expected

    @property
    def rate(self) -> float:
        """Return replies a second."""
        return len(self.latencies) / self.seconds if self.seconds > 0 else 0.0


class BenchServer:
    """Answers every method with the least that is valid, hands out messages, and notes when replies come."""

    def __init__(self) -> None:
        self.url = ""
        self.calls = 0
        self.posts = 0  # calls of sendMessage among them
        self._next = _FIRST_UPDATE
        self._queue: deque[Prepared] = deque()
        self._handed: int = 0  # the highest update number handed out
        self._open: defaultdict[int, deque[float]] = defaultdict(deque)  # when each chat's unanswered messages went out
        self._exchange = Exchange(0)
        self._done = asyncio.Event()
        self._news = asyncio.Event()
        self._polled = asyncio.Event()
        self._poll = 0  # the newest poll; one whose caller has gone must not take what is meant for it
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._news.set()
        await self._runner.cleanup()

    def forget(self) -> None:
        """Make ready for another bot: nothing is owed to it, and it has not polled yet."""
        self._queue.clear()
        self._open.clear()
        self._polled.clear()
        self._poll += 1
        self._news.set()

    async def polled(self) -> None:
        """Return once a bot waits for messages."""
        await self._polled.wait()

    async def ask(self, count: int, limit: float) -> Exchange:
        """Hand out `count` messages; returns when all are replied to, or after `limit` seconds with what there is."""
        exchange = self._exchange = Exchange(count)
        self._done.clear()
        self._queue.extend(prepared(self._next, count))
        self._next += count
        worked, began = time.process_time(), time.perf_counter()
        self._news.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._done.wait(), limit)
        if not exchange.complete:
            exchange.ended = time.perf_counter()
        exchange.server_busy = (time.process_time() - worked) / (time.perf_counter() - began)
        return exchange

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        self.calls += 1
        method = request.path.rpartition("/")[2].lower()
        body = await request.read()
        if method == "getupdates":
            return _ok(await self._updates(request.query_string.encode() + b"&" + body))
        if method == "sendmessage":
            return _ok(self._sent(body))
        # Bots differ in what they call besides. True is a valid result of every such method.
        return _ok(_ME if method == "getme" else b"true")

    async def _updates(self, raw: bytes) -> bytes:
        offset, timeout = _number("offset", raw, 0), _number("timeout", raw, 0)
        while self._queue and self._queue[0].number < offset:
            self._queue.popleft()
        self._poll = poll = self._poll + 1
        if not self._queue and timeout:
            self._news.clear()
            self._polled.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), timeout)
        if poll != self._poll:
            return b"[]"
        size = min(_number("limit", raw, _BATCH), _BATCH)
        batch = [self._queue[place] for place in range(min(size, len(self._queue)))]
        self._hand_out(batch)
        return b"[" + b",".join(message.body for message in batch) + b"]"

    def _hand_out(self, batch: list[Prepared]) -> None:
        now = time.perf_counter()
        fresh = [message for message in batch if message.number > self._handed]
        if fresh and not self._exchange.started:
            self._exchange.started = now
        for message in fresh:
            self._open[message.chat].append(now)
            self._handed = message.number

    def _sent(self, body: bytes) -> bytes:
        self.posts += 1
        chat = _number("chat_id", body, 0)
        self._replied(chat)
        return (
            b'{"message_id":%d,"date":1742472000,"chat":{"id":%d,"type":"private","first_name":"Ann"},"text":"ok"}'
            % (self.calls, chat)
        )

    def _replied(self, chat: int) -> None:
        waiting = self._open.get(chat)
        if not waiting:
            return
        now, exchange = time.perf_counter(), self._exchange
        exchange.latencies.append(now - waiting.popleft())
        if exchange.complete:
            exchange.ended = now
            self._done.set()


def _number(name: str, raw: bytes, default: int) -> int:
    found = _NUMBERS[name].search(raw)
    return int(found[1]) if found else default


def _ok(result: bytes) -> web.Response:
    return web.Response(body=b'{"ok":true,"result":' + result + b"}", content_type="application/json")
