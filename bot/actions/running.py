"""`parley run` and `parley chat`."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Coroutine
from typing import Final

from bot.app import App, opened, utc_now
from bot.channels.terminal import chat as talk
from bot.errors import StorageError
from bot.rendering.engine import DEFAULT_LOCALE
from bot.services.answering import Answering
from bot.services.inbox import Inbox
from bot.services.retention import erase_expired
from bot.services.weekly import Weekly
from bot.settings import Settings

_LOG: Final = logging.getLogger(__name__)
_DAY: Final = 24 * 60 * 60  # seconds


async def run(arguments: Namespace, settings: Settings) -> int:
    """Run the bot until it is told to stop; returns 0."""
    if settings.telegram_token is None:
        logging.getLogger().setLevel(logging.WARNING)  # a conversation is no place for a log
        print("No PARLEY_TELEGRAM_TOKEN is set, so here is the same bot in the terminal.", file=sys.stderr)
        return await chat(arguments, settings)
    # Imported here: the terminal needs none of it.
    from bot.channels.telegram.channel import Access, TelegramChannel  # noqa: PLC0415
    from bot.channels.telegram.handler import House  # noqa: PLC0415
    from bot.channels.telegram.health import Address  # noqa: PLC0415
    from bot.channels.telegram.webhook import Hook  # noqa: PLC0415

    access = Access(
        settings.telegram_token.get_secret_value(),
        settings.telegram_api_url,
        settings.desk_chat_id,
        settings.webhook and Hook(*settings.webhook),
        settings.listen and Address(*settings.listen),
        settings.broadcast_rate,
        settings.paid_broadcast,
    )
    async with opened(settings) as app:
        parts = app.parts
        house = House(
            app.database,
            app.router,
            app.buttons,
            Inbox(app.database),
            parts.topics,
            parts.templates,
            app.delivery,
            parts.owed,
            parts.team,
        )
        owed = app.delivery.owed
        chat_id = settings.desk_chat_id
        weekly = Weekly(app.database, chat_id, DEFAULT_LOCALE) if chat_id is not None else None
        channel = TelegramChannel(access, house, parts.catalogue, parts.ledger, parts.alarm, utc_now, owed)
        async with _beside(
            parts.catalogue.watch(channel.show_menu),
            parts.catalogue.learn(),
            parts.team.watch(channel.show_menu),
            parts.publishing.watch(utc_now, parts.catalogue.refresh),
            parts.counting.run(),
            _settle(app),
            Answering(app.database, parts.understanding).run(parts.catalogue, utc_now, parts.owed.set),
            *([weekly.run(parts.catalogue, utc_now, parts.owed.set)] if weekly else []),
            _retention(app),
        ):
            await channel.run(_stop_on_signals())
    return 0


async def chat(arguments: Namespace, settings: Settings) -> int:  # noqa: ARG001 - every action takes both
    """Talk in the terminal until the reader leaves; returns 0."""
    async with (
        opened(settings) as app,
        _beside(
            app.parts.catalogue.watch(_nothing),
            app.parts.catalogue.learn(),
            app.parts.publishing.watch(utc_now, app.parts.catalogue.refresh),
            app.parts.counting.run(),
        ),
    ):
        await talk(app.router, app.parts, now=utc_now, interactive=sys.stdin.isatty() and sys.stdout.isatty())
    return 0


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers; there Ctrl-C ends the process
            loop.add_signal_handler(number, stop.set)
    return stop


@contextlib.asynccontextmanager
async def _beside(*work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Run work beside the block and cancel it at its end."""
    tasks = [asyncio.create_task(item) for item in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _settle(app: App) -> None:
    """Let the collector of garbage pass over what stays: records and index, looked through again for every few answers.

    That was a fifth of what an answer costs. What is published later it looks through as ever.
    """
    await asyncio.to_thread(app.parts.catalogue.current.warm_up)
    gc.collect()
    gc.freeze()


async def _retention(app: App) -> None:
    """Erase what is past its time, at start and each day."""
    while True:
        try:
            erased = await erase_expired(app.database, app.parts.retention, utc_now())
            _LOG.info("Erased %d rows that were past their time.", erased)
        except StorageError as error:  # the disk may be full for now; it is tried again
            _LOG.error("What is past its time could not be erased; trying again tomorrow: %s", error)
        await asyncio.sleep(_DAY)


async def _nothing() -> None:
    """Nobody needs telling."""
