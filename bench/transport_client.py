"""One process that calls sendMessage through one transport and prints what that took, as JSON.

python -m bench.transport_client URL TOKEN aiohttp|httpx CALLS CONCURRENCY
"""

import asyncio
import json
import sys
import time
from typing import Final

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram.transport import AiohttpTransport

_TEXT: Final = "<b>What did they agree?</b>\n\n" + "A sentence with its source.[1] " * 20
_WARM: Final = 50


async def post(url: str, token: str, kind: str, calls: int, concurrency: int) -> dict[str, float]:
    """Return calls a second and CPU seconds for each call, with so many calls under way at a time."""
    request: BaseRequest = AiohttpTransport(url) if kind == "aiohttp" else HTTPXRequest()
    async with Bot(token, base_url=f"{url}/bot", request=request) as bot:
        await _calls(bot, _WARM, concurrency)
        began, worked = time.perf_counter(), time.process_time()
        await _calls(bot, calls, concurrency)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    return {"rate": calls / seconds, "cpu": cpu / calls}


async def _calls(bot: Bot, calls: int, concurrency: int) -> None:
    numbers = iter(range(calls))

    async def work() -> None:
        for number in numbers:
            await bot.send_message(number + 1, _TEXT, parse_mode="HTML")

    await asyncio.gather(*(work() for _ in range(concurrency)))


if __name__ == "__main__":
    url, token, kind, calls, concurrency = sys.argv[1:]
    print(json.dumps(asyncio.run(post(url, token, kind, int(calls), int(concurrency)))))
