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

from bot.channels.telegram.pace import Pace

_LOG: Final = logging.getLogger(__name__)
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

    def __init__(self, ready: Callable[[], float], note: Callable[[float], None]) -> None:
        """Let one through when `ready` says so, by the event loop's clock, and `note` when that was."""
        self._ready: Final = ready
        self._note: Final = note
        self._queue: Final = list[tuple[int, int, asyncio.Future[None]]]()
        self._numbers: Final = itertools.count()
        self._pump: asyncio.Task[None] | None = None

    async def turn(self, priority: Priority) -> None:
        """Return when it is the caller's turn."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (priority, next(self._numbers), future))
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._let_through())
        await future

    def close(self) -> None:
        """Let nobody wait any longer."""
        if self._pump:
            self._pump.cancel()

    async def _let_through(self) -> None:
        clock = asyncio.get_running_loop().time
        while self._queue:
            wait = self._ready() - clock()
            if wait > 0:
                await asyncio.sleep(wait)
                continue
            _, _, future = heapq.heappop(self._queue)
            if not future.done():  # else its caller was cancelled meanwhile
                self._note(clock())
                future.set_result(None)


class Limiter(BaseRateLimiter[Priority]):
    """Keeps to the pace. A call that Telegram tells to wait is repeated when its time has come, and is never lost.

    Paid messages have a line of their own, under Telegram's wider limit.
    """

    def __init__(self, pace: Pace | None = None, paid_rate: int = 1000) -> None:
        """Keep to `pace`; Telegram's own figures by default."""
        self._pace: Final = pace or Pace()
        self._paid_pace: Final = Pace(paid_rate)
        self._gates: Final = dict[int, _Gate]()
        self._line: Final = _Line(self._pace.ready, self._pace.note)
        self._paid: Final = _Line(lambda: max(self._pace.halted, self._paid_pace.ready()), self._paid_pace.note)

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
            if (seconds := self._pace.chat_ready(chat) - clock()) > 0:
                await asyncio.sleep(seconds)
            await line.turn(priority)
            self._pace.note_chat(chat, clock())
            try:
                return await call()
            except RetryAfter as error:
                seconds = _seconds(error)
                _LOG.warning("Telegram asks to wait %.0f s before the next message to chat %d.", seconds, chat)
                self._pace.halt(chat, clock() + seconds, clock())


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, (int, float)) else after.total_seconds()
