"""The channel: puts transport, polling, lanes and sender together and runs them until it is told to stop."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.catalogue.catalogue import Catalogue
from bot.channels.telegram.incoming import Incoming, chat_of, from_button, from_message
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.transport import AiohttpTransport
from bot.commands.router import Router
from bot.errors import TokenRefused, Unreachable
from bot.rendering.engine import DEFAULT_LOCALE, Templates
from bot.services.buttons import Buttons
from bot.services.ledger import Ledger

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the channel needs of the house."""

    router: Router
    buttons: Buttons
    ledger: Ledger
    catalogue: Catalogue
    templates: Templates


class TelegramChannel:
    """Parley on Telegram."""

    def __init__(self, token: str, api_url: str, parts: Parts, clock: Callable[[], datetime]) -> None:
        """Prepare; nothing is called before `run`."""
        self._api_url: Final = api_url
        self._parts: Final = parts
        self._clock: Final = clock
        self._polls: Final = AiohttpTransport()
        self._bot: Final = Bot(
            token, base_url=f"{api_url}/bot", request=AiohttpTransport(), get_updates_request=self._polls
        )
        self._lanes: Final = Lanes()
        self._sender: Final = Sender(self._bot, parts.buttons, parts.ledger)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until `stop` is set, then finish what has been taken in.

        Raises TokenRefused or Unreachable where the bot cannot start, TokenRefused where the token is revoked later.
        """
        await self._open()
        polling = Polling(self._bot, self._polls)
        try:
            await self.show_menu()
            _LOG.info("@%s answers.", self._bot.username)
            takes, waits = asyncio.create_task(self._take(polling)), asyncio.create_task(stop.wait())
            await asyncio.wait({takes, waits}, return_when=asyncio.FIRST_COMPLETED)
            for task in (takes, waits):
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await takes
            await self._lanes.drain()
            await polling.confirm()
        finally:
            await self._bot.shutdown()

    async def show_menu(self) -> None:
        """Show the menu that belongs to what is published now."""
        await set_menu(self._bot, self._parts.catalogue.current, self._parts.templates.labels(DEFAULT_LOCALE))

    async def _open(self) -> None:
        try:
            await self._bot.initialize()
        except InvalidToken:
            await self._bot.shutdown()
            raise TokenRefused(
                "Telegram does not know the token in PARLEY_TELEGRAM_TOKEN: copy it again from @BotFather."
            ) from None
        except TelegramError as error:
            await self._bot.shutdown()
            raise Unreachable(
                f"Telegram cannot be reached at {self._api_url} ({error.message}): check the network and "
                "PARLEY_TELEGRAM_API_URL."
            ) from None

    async def _take(self, polling: Polling) -> None:
        async for update in polling.updates():
            await self._lanes.put(chat_of(update), self._handle(update))

    async def _handle(self, update: Update) -> None:
        try:
            if update.callback_query:
                await self._pressed(update.callback_query)
            elif update.message:
                await self._said(update.message)
        except Forbidden as error:
            _LOG.info("Chat %d cannot be answered: %s", chat_of(update), error.message)
        except TelegramError as error:
            _LOG.error("Update %d could not be answered: %s", update.update_id, error.message)

    async def _said(self, message: Message) -> None:
        incoming = await from_message(message, self._bot.bot, self._parts.router.expects_reply, self._clock())
        if incoming:
            await self._answer(incoming)

    async def _pressed(self, query: CallbackQuery) -> None:
        incoming = await from_button(query, self._bot.bot, self._parts.buttons, self._clock())
        expired = self._parts.templates.labels(query.from_user.language_code or "").expired
        if incoming is None or incoming.request is None:
            await _answer_button(query, expired if incoming else "")
        elif self._parts.router.notifies(incoming.request):
            await _answer_button(query, (await self._parts.router.answer(incoming.request)).notice)
        else:
            await _answer_button(query, "")
            await self._answer(incoming)

    async def _answer(self, incoming: Incoming) -> None:
        request = incoming.request
        if request is None:
            return
        answered = await self._parts.router.answer(request)
        placeholder = self._parts.templates.labels(request.reader.locale).report_placeholder
        await self._sender.deliver(answered, incoming.place, request.reader.id, placeholder, request.now)


async def _answer_button(query: CallbackQuery, notice: str) -> None:
    """Stop the button's clock. One that is too old to be answered is still acted upon."""
    try:
        await query.answer(notice or None)
    except BadRequest as error:
        _LOG.info("A button could not be answered: %s", error.message)
