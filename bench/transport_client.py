"""One process that calls sendMessage in one way and prints what that took, as JSON.

python -m bench.transport_client URL TOKEN parley|ptb|aiogram CALLS CONCURRENCY
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from bench.unpaced import unpace

_TEXT: Final = "<b>What did they agree?</b>\n\n" + "A sentence with its source.[1] " * 20
_WARM: Final = 50


Send = Callable[[int], Awaitable[object]]


async def post(url: str, token: str, kind: str, calls: int, concurrency: int) -> dict[str, float]:
    """Return calls a second and CPU seconds for each call, with so many calls under way at a time."""
    async with _WAYS[kind](url, token) as send:
        await _calls(send, _WARM, concurrency)
        began, worked = time.perf_counter(), time.process_time()
        await _calls(send, calls, concurrency)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    return {"rate": calls / seconds, "cpu": cpu / calls}


async def _calls(send: Send, calls: int, concurrency: int) -> None:
    numbers = iter(range(calls))

    async def work() -> None:
        for number in numbers:
            await send(number + 1)

    await asyncio.gather(*(work() for _ in range(concurrency)))


# Each way imports its own library only, so that none is measured with another's weight.


@asynccontextmanager
async def _parley(url: str, token: str) -> AsyncIterator[Send]:
    from bot.channels.telegram.api import Api
    from bot.channels.telegram.limiter import Limiter
    from bot.channels.telegram.transport import AiohttpTransport

    unpace()
    transport = AiohttpTransport(url)
    await transport.initialize()
    try:
        api = Api(transport, transport, f"{url}/bot{token}", Limiter())
        yield lambda chat: api.send_message(chat, _TEXT)
    finally:
        await transport.shutdown()


@asynccontextmanager
async def _ptb(url: str, token: str) -> AsyncIterator[Send]:
    from telegram import Bot

    async with Bot(token, base_url=f"{url}/bot") as bot:
        yield lambda chat: bot.send_message(chat, _TEXT, parse_mode="HTML")


@asynccontextmanager
async def _aiogram(url: str, token: str) -> AsyncIterator[Send]:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    async with Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url))) as bot:
        yield lambda chat: bot.send_message(chat, _TEXT, parse_mode="HTML")


_WAYS: Final = {"parley": _parley, "ptb": _ptb, "aiogram": _aiogram}


if __name__ == "__main__":
    url, token, kind, calls, concurrency = sys.argv[1:]
    print(json.dumps(asyncio.run(post(url, token, kind, int(calls), int(concurrency)))))
