"""A stock aiogram echo bot, all defaults: `python -m bench.echo_aiogram URL TOKEN`."""

import asyncio
import sys

# aiogram pins other versions than the bot does and so is installed in the environment of the bench only.
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def echo(message: Message) -> None:
    if message.text:
        await message.answer(message.text)


def main(url: str, token: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    asyncio.run(dispatcher.start_polling(bot))


if __name__ == "__main__":
    main(*sys.argv[1:])
