"""The limiter: every message waits for its turn; replies to people overtake broadcasts."""

import asyncio
import heapq
import itertools
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final, TypeVar

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.channels.telegram.pace import Chats, Pace, Sent

_LOG: Final = logging.getLogger(__name__)
_GLANCE: Final = 0.05  # seconds after which whoever waits for a message to arrive looks again
T = TypeVar("T")
# What Telegram counts. Answers to buttons and everything that asks for something are free.
_COUNTED: Final = frozenset(
    {
        "sendMessage",
        "sendDocument",
        "sendPhoto",
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
    }
)


class Priority(IntEnum):
    """Who goes first."""

    REPLY = 0
    BROADCAST = 1


@dataclass(slots=True)
class _Gate:
    """Lets one message at a time through to a chat; `waiting` counts those at it, the one inside included."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class _Line:
    """Those who wait for their turn under one limit for all chats together."""

    def __init__(self, pace: Pace, above: Pace | None = None) -> None:
        """Let one through by the pace, on the event loop's clock; while all `above` is halted, nobody."""
        self.pace: Final = pace
        self._above: Final = above or pace
        self._queue: Final = list[tuple[int, int, asyncio.Future[Sent]]]()
        self._numbers: Final = itertools.count()
        self._pump: asyncio.Task[None] | None = None

    async def turn(self, priority: Priority) -> Sent:
        """Return when it is the caller's turn, with what the caller must note the arrival in."""
        future: asyncio.Future[Sent] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (priority, next(self._numbers), future))
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._let_through())
        return await future

    def close(self) -> None:
        """Let nobody wait any longer."""
        if self._pump:
            self._pump.cancel()

    async def _let_through(self) -> None:
        clock = asyncio.get_running_loop().time
        while self._queue:
            now = clock()
            if (wait := max(self.pace.ready(now), self._above.halted) - now) > 0:
                await asyncio.sleep(min(wait, _GLANCE))
                continue
            _, _, future = heapq.heappop(self._queue)
            if not future.done():  # else its caller was cancelled meanwhile
                future.set_result(self.pace.note(now))


class Limiter(BaseRateLimiter[Priority]):
    """Keeps to the pace. A call that Telegram tells to wait is repeated when its time has come, and is never lost.

    Paid messages have a line of their own, under Telegram's wider limit, which is used to the full: a wait imposed on
    them holds up nobody's replies.
    """

    def __init__(self, pace: Pace | None = None, paid_rate: int = 1000) -> None:
        """Keep to `pace`; Telegram's own figures by default."""
        self._chats: Final = Chats()
        self._gates: Final = dict[int, _Gate]()
        self._line: Final = _Line(pace or Pace())
        self._paid: Final = _Line(Pace(paid_rate, sure=False), self._line.pace)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Let nobody wait any longer."""
        self._line.close()
        self._paid.close()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> Any:
        """Make a call of python-telegram-bot's when its turn has come; returns what it returns."""
        chat = data.get("chat_id")
        if endpoint not in _COUNTED or not isinstance(chat, int):
            return await callback(*args, **kwargs)
        return await self.through(chat, rate_limit_args or Priority.REPLY, lambda: callback(*args, **kwargs))

    async def through(
        self, chat: int, priority: Priority, call: Callable[[], Awaitable[T]], *, paid: bool = False
    ) -> T:
        """Make the call when its turn has come; returns what it returns. Chat 0 is none that we know of."""
        line = self._paid if paid else self._line
        if not chat:
            return await self._in_turn(call, chat, priority, line)
        gate = self._gates.setdefault(chat, _Gate())
        gate.waiting += 1
        try:
            async with gate.lock:
                return await self._in_turn(call, chat, priority, line)
        finally:
            gate.waiting -= 1
            if not gate.waiting:
                del self._gates[chat]

    async def _in_turn(self, call: Callable[[], Awaitable[T]], chat: int, priority: Priority, line: _Line) -> T:
        clock = asyncio.get_running_loop().time
        while True:
            ready = max(self._chats.ready(chat), self._line.pace.held(chat), line.pace.held(chat))
            if (seconds := ready - clock()) > 0:
                await asyncio.sleep(seconds)
            sent = await line.turn(priority)
            self._chats.note(chat, clock())
            try:
                return await call()
            except RetryAfter as error:
                seconds = _seconds(error)
                _LOG.warning("Telegram asks to wait %.0f s before the next message to chat %d.", seconds, chat)
                line.pace.halt(chat, clock() + seconds, clock())
            finally:
                sent.arrived = clock()


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, (int, float)) else after.total_seconds()
