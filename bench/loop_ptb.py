"""What a plain loop over python-telegram-bot does, with the rate limiter that it brings along."""

import asyncio
import sys

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot


async def main(url: str, token: str, first: int, count: int) -> None:
    bot = ExtBot(token, base_url=f"{url}/bot", rate_limiter=AIORateLimiter(max_retries=5))
    async with bot:

        async def send(chat: int) -> None:
            try:
                await bot.send_message(chat, "The talks go on.")
            except TelegramError as error:
                print(chat, error)

        await asyncio.gather(*(send(chat) for chat in range(first, first + count)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
