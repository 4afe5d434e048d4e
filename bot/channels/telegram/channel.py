"""The channel: puts transport, polling, inbox, lanes and sender together and runs them until it is told to stop."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.catalogue.catalogue import Catalogue
from bot.channels.telegram.handler import Handler, House
from bot.channels.telegram.incoming import chat_of
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.limiter import Limiter, Priority
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.transport import AiohttpTransport
from bot.errors import TokenRefused, Unreachable
from bot.rendering.engine import DEFAULT_LOCALE
from bot.rendering.pages import AlertPage
from bot.services.alarm import Alarm
from bot.services.ledger import Ledger
from bot.storage.inbox import Taken

_LOG: Final = logging.getLogger(__name__)
_DRAIN: Final = 3.0  # seconds to finish what is being answered; the rest stays in the inbox for the next start


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach Telegram as this bot."""

    token: str
    api_url: str
    desk_chat: int | None = None

    def __repr__(self) -> str:
        """Return a form without the token."""
        return f"Access(api_url={self.api_url!r})"


class TelegramChannel:
    """Parley on Telegram."""

    def __init__(
        self,
        access: Access,
        house: House,
        catalogue: Catalogue,
        ledger: Ledger,
        alarm: Alarm,
        clock: Callable[[], datetime],
    ) -> None:
        """Prepare; nothing is called before `run`."""
        self._access: Final = access
        self._house: Final = house
        self._catalogue: Final = catalogue
        self._alarm: Final = alarm
        self._clock: Final = clock
        self._polls: Final = AiohttpTransport()
        self._bot: Final = ExtBot(
            access.token,
            base_url=f"{access.api_url}/bot",
            request=AiohttpTransport(),
            get_updates_request=self._polls,
            rate_limiter=Limiter(),
        )
        self._lanes: Final = Lanes()
        self._handler: Final = Handler(self._bot, house, Sender(self._bot, house.buttons, ledger), clock)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until `stop` is set, then finish what is being answered.

        Raises TokenRefused or Unreachable where the bot cannot start, TokenRefused where the token is revoked later.
        """
        await self._open()
        polling = Polling(self._bot, self._polls, self._keep)
        alerts = asyncio.create_task(self._tell_the_desk())
        try:
            await self.show_menu()
            _LOG.info("@%s answers.", self._bot.username)
            takes, waits = asyncio.create_task(self._take(polling)), asyncio.create_task(stop.wait())
            await asyncio.wait({takes, waits}, return_when=asyncio.FIRST_COMPLETED)
            for task in (takes, waits):
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await takes
        finally:
            alerts.cancel()
            left = await self._lanes.drain(_DRAIN)
            if left:
                _LOG.warning("%d updates are still in the inbox; the next start answers them.", left)
            await polling.confirm()
            await self._house.inbox.close()
            await self._bot.shutdown()

    async def show_menu(self) -> None:
        """Show the menu that belongs to what is published now."""
        await set_menu(self._bot, self._catalogue.current, self._house.templates.labels(DEFAULT_LOCALE))

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
                f"Telegram cannot be reached at {self._access.api_url} ({error.message}): check the network and "
                "PARLEY_TELEGRAM_API_URL."
            ) from None

    async def _keep(self, updates: Sequence[Taken]) -> Sequence[Taken]:
        return await self._house.inbox.take(updates, self._clock())

    async def _take(self, polling: Polling) -> None:
        """Answer what an earlier process took in, then what comes."""
        for taken in await self._house.inbox.waiting():
            await self._put(taken)
        async for taken in polling.updates():
            await self._put(taken)

    async def _put(self, taken: Taken) -> None:
        update = self._handler.read(taken)
        chat = chat_of(update) if update else 0
        await self._lanes.put(chat, self._handler.handle(taken.update_id, update))

    async def _tell_the_desk(self) -> None:
        """Send alerts to the desk's chat, where there is one; whatever fails in that is only logged."""
        while True:
            alert = await self._alarm.next()
            if self._access.desk_chat is None:
                continue
            page = AlertPage(alert.what, alert.reference, alert.times)
            html = self._house.templates.render(page, DEFAULT_LOCALE)
            try:
                await self._bot.send_message(
                    self._access.desk_chat, html, parse_mode=ParseMode.HTML, rate_limit_args=Priority.BROADCAST
                )
            except TelegramError as error:
                _LOG.error("The desk could not be alerted of %s: %s", alert.reference, error.message)
