"""The channel: puts transport, polling or webhook, inbox, lanes and sender together; runs them until told to stop."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.catalogue.catalogue import Catalogue
from bot.channels.telegram.api import Api
from bot.channels.telegram.correcting import Desk
from bot.channels.telegram.deliverer import Deliverer, Outbox
from bot.channels.telegram.handler import Handler, House
from bot.channels.telegram.health import Address, Health, Listener, Owed
from bot.channels.telegram.lanes import NOBODY, Lanes
from bot.channels.telegram.limiter import Limiter, Priority
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.pace import FREE_RATE
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.progress import ProgressWatch
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.transport import AiohttpTransport
from bot.channels.telegram.webhook import Hook, Webhook
from bot.errors import TokenRefused, Unreachable
from bot.rendering.engine import DEFAULT_LOCALE
from bot.rendering.pages.trouble import AlertPage
from bot.services.alarm import Alarm
from bot.services.broadcast import Broadcasts
from bot.services.corrections import Corrections
from bot.services.ledger import Ledger
from bot.services.progress import Progresses
from bot.storage.inbox import Taken

_LOG: Final = logging.getLogger(__name__)
# Seconds to stop in, five in all: to finish what is being answered, the rest staying in the inbox for the next start,
# and to confirm what was taken in.
_DRAIN: Final = 3.0
_CONFIRM: Final = 1.0
# Connections for what goes to many: at the paid rate a thousand messages a second, each a fifth of a second at worst.
_BROADCASTS: Final = 200


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach Telegram as this bot, and how it reaches us: without a hook it is polled.

    Where there is an address to listen on, the health page is served there, and the hook.
    """

    token: str
    api_url: str
    desk_chat: int | None = None
    hook: Hook | None = None
    listen: Address | None = None
    broadcast_rate: float = 25  # messages a second
    paid: bool = False  # they cost Stars, and go under Telegram's wider limit

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
        owed: Owed | None = None,
    ) -> None:
        """Prepare; nothing is called before `run`. `owed` counts the messages owed, for the health page."""
        self._access: Final = access
        self._house: Final = house
        self._catalogue: Final = catalogue
        self._alarm: Final = alarm
        self._clock: Final = clock
        self._polls: Final = AiohttpTransport(access.api_url)
        self._broadcasts: Final = AiohttpTransport(access.api_url, _BROADCASTS)
        replies, limiter = AiohttpTransport(access.api_url), Limiter()
        self._bot: Final = ExtBot(
            access.token,
            base_url=f"{access.api_url}/bot",
            base_file_url=f"{access.api_url}/file/bot",
            request=replies,
            get_updates_request=self._polls,
            rate_limiter=limiter,
        )
        self._lanes: Final = Lanes()
        self._api: Final = Api(replies, self._broadcasts, self._bot.base_url, limiter)
        sender = Sender(self._bot, self._api, house.buttons, ledger, access.paid)
        self._handler: Final = Handler(self._bot, house, sender, clock)
        desk = Desk(
            house.delivery,
            house.router,
            catalogue,
            house.topics,
            house.templates,
            Broadcasts(house.database),
            Corrections(house.database),
        )
        rate = access.broadcast_rate if access.paid else min(access.broadcast_rate, FREE_RATE)
        outbox = Outbox(desk, house.owed, rate)
        self._deliverer: Final = Deliverer(outbox, sender, clock)
        progress = Progresses(house.database)
        self._progress: Final = ProgressWatch(progress, house.templates, sender, access.desk_chat, clock)
        self._polling: Final = Polling(self._bot, self._polls, self._keep)
        self._webhook: Final = Webhook(access.hook, self._bot, self._keep, self._put) if access.hook else None
        self._health: Final = Health(house.database, house.inbox, clock, owed)
        routes = [*self._health.routes(), *(self._webhook.routes() if self._webhook else ())]
        self._listener: Final = Listener(access.listen, routes)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until `stop` is set, then finish what is being answered.

        Raises SettingsError where nothing can listen or Telegram refuses the webhook; TokenRefused or Unreachable where
        the bot cannot start; TokenRefused where the token is revoked later.
        """
        await self._listener.open()
        try:
            if await _unless(stop, self._open()):
                await self._answer_until(stop)
        finally:
            await self._listener.close()
            await self._health.close()
            await self._broadcasts.shutdown()
            await self._bot.shutdown()

    async def _answer_until(self, stop: asyncio.Event) -> None:
        alerts = asyncio.create_task(self._tell_the_desk())
        delivers = asyncio.create_task(self._deliverer.run())
        progress = asyncio.create_task(self._progress.run())
        try:
            await _unless(stop, self._take())
        finally:
            for task in (alerts, progress, delivers):
                task.cancel()
            # First of all, so that nothing more is taken in while the rest is finished.
            await self._listener.close()
            await asyncio.gather(delivers, return_exceptions=True)
            left, unsent = await asyncio.gather(self._lanes.drain(_DRAIN), self._deliverer.stop(_DRAIN))
            if unsent:
                _LOG.warning("%d messages to subscribers were under way; they go out when their leases end.", unsent)
            if left:
                _LOG.warning("%d updates are still in the inbox; the next start answers them.", left)
            if not self._webhook:  # one stays set: Telegram keeps what comes meanwhile
                await self._confirm()

    async def show_menu(self) -> None:
        """Show the menu that belongs to what is published now."""
        labels = self._house.templates.labels(DEFAULT_LOCALE)
        await set_menu(self._bot, self._catalogue.current, labels, self._house.team)

    async def _open(self) -> None:
        try:
            await self._bot.initialize()
            await self._broadcasts.initialize()
        except InvalidToken:
            raise TokenRefused(
                "Telegram does not know the token in PARLEY_TELEGRAM_TOKEN: copy it again from @BotFather, "
                f"or mend PARLEY_TELEGRAM_API_URL ({self._access.api_url})."
            ) from None
        except TelegramError as error:
            raise Unreachable(
                f"Telegram cannot be reached at {self._access.api_url} ({error.message}): check the network and "
                "PARLEY_TELEGRAM_API_URL."
            ) from None

    async def _keep(self, updates: Sequence[Taken]) -> Sequence[Taken]:
        now = self._clock()
        new = await self._house.inbox.take(updates, now)
        if updates:
            self._health.heard(now)
        return new

    async def _take(self) -> None:
        """Show the menu, answer what an earlier process took in, then what comes."""
        await self.show_menu()
        _LOG.info("@%s answers.", self._bot.username)
        for taken in await self._house.inbox.waiting():
            await self._put(taken)
        if self._webhook:
            await self._webhook.run()
        else:
            async for taken in self._polling.updates():
                await self._put(taken)

    async def _put(self, taken: Taken) -> None:
        update = self._handler.read(taken)
        lane = update.lane if update else NOBODY
        await self._lanes.put(lane, self._handler.handle(taken.update_id, update))

    async def _confirm(self) -> None:
        """Let Telegram forget what was taken in; a silent one brings it again, and the inbox knows it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CONFIRM):
                await self._polling.confirm()

    async def _tell_the_desk(self) -> None:
        """Send alerts to the desk's chat, where there is one; whatever fails in that is only logged."""
        while True:
            alert = await self._alarm.next()
            if self._access.desk_chat is None:
                continue
            page = AlertPage(alert.what, alert.reference, alert.times)
            html = self._house.templates.render(page, DEFAULT_LOCALE)
            try:
                await self._api.send_message(self._access.desk_chat, html, priority=Priority.BROADCAST)
            except TelegramError as error:
                _LOG.error("The desk could not be alerted of %s: %s", alert.reference, error.message)


async def _unless(stop: asyncio.Event, work: Coroutine[object, object, None]) -> bool:
    """Do the work, or drop it when `stop` is set; returns whether it was done. Raises what it raises."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        done = working.done()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.wait({working, stopping})
    if not working.cancelled():
        working.result()
    return done
