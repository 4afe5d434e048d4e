"""The deliverer: sends what the outbox owes to subscribers, behind all replies, and settles what Telegram has taken."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.catalogue.catalogue import Catalogue
from bot.channels.telegram.sender import Sender
from bot.commands.request import Chat, ChatKind, Reader, Request
from bot.commands.router import Router
from bot.errors import StorageError
from bot.rendering.reply import Message
from bot.services.delivery import Delivery
from bot.services.moving import move_chat
from bot.services.topics import Topics
from bot.storage.outbox import Owed

_LOG: Final = logging.getLogger(__name__)
_LOOK: Final = 1.0  # seconds between two looks at what another process has made owed
_AT_A_TIME: Final = 30  # under way together: a second's worth, so that a stop leaves little to its leases
_PAUSE: Final = 1.0  # seconds until the database is tried again
_NO_CHAT: Final = "chat not found"


@dataclass(frozen=True, slots=True)
class Outbox:
    """What delivering needs of the house; `owed` is set where something became owed, `rate` is messages a second."""

    delivery: Delivery
    router: Router
    catalogue: Catalogue
    topics: Topics
    owed: asyncio.Event
    rate: float


class Deliverer:
    """Works until cancelled. What is under way then has `stop` to finish; the rest waits for its lease to run out."""

    def __init__(self, outbox: Outbox, sender: Sender, clock: Callable[[], datetime]) -> None:
        """Deliver through `sender`."""
        self._outbox: Final = outbox
        self._sender: Final = sender
        self._clock: Final = clock
        self._flying: Final = dict[int, asyncio.Task[None]]()
        self._rendered: Final = dict[tuple[int, str], tuple[Message, ...]]()
        self._rendered_from = -1
        self._next = 0.0

    async def run(self) -> None:
        """Deliver until cancelled. Whatever fails is logged, and tried again."""
        while True:
            try:
                while await self._outbox.delivery.waiting(self._clock()):
                    await self._round()
            except StorageError as error:
                _LOG.error("The outbox could not be read; trying again in %.0f s: %s", _PAUSE, error)
                await asyncio.sleep(_PAUSE)
            except Exception:  # noqa: BLE001 - what subscribers are owed must not end with one failure of ours
                _LOG.exception("Delivering failed; trying again in %.0f s.", _PAUSE)
                await asyncio.sleep(_PAUSE)
            await self._wait()

    async def stop(self, seconds: float) -> int:
        """Let what is under way finish for so long, cancel the rest; returns how many messages that were."""
        if self._flying:
            await asyncio.wait(set(self._flying.values()), timeout=seconds)
        left = list(self._flying.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return len(left)

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._outbox.owed.wait(), _LOOK)
        self._outbox.owed.clear()

    async def _round(self) -> None:
        """Make a thousand messages owed, then send as many as there is room for."""
        await self._outbox.delivery.fill()
        # What is owed may tell of a publication that this process has not seen yet.
        await self._outbox.catalogue.refresh()
        for owed in await self._outbox.delivery.claim(_AT_A_TIME - len(self._flying), self._clock()):
            if owed.id not in self._flying:  # else its lease has run out while it waits for its turn here
                self._start(owed)
        if len(self._flying) >= _AT_A_TIME:
            await asyncio.wait(set(self._flying.values()), return_when=asyncio.FIRST_COMPLETED)

    def _start(self, owed: Owed) -> None:
        """Send the message when its turn has come, by the rate that the operator has set."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next)
        self._next = at + 1 / self._outbox.rate
        task = asyncio.create_task(self._deliver(owed, at - now))
        self._flying[owed.id] = task
        task.add_done_callback(lambda _: self._flying.pop(owed.id, None))

    async def _deliver(self, owed: Owed, seconds: float) -> None:
        delivery = self._outbox.delivery
        await asyncio.sleep(seconds)
        try:
            message = await self._sent(owed)
        except Forbidden as error:
            await self._give_up(owed, error.message)
        except BadRequest as error:
            if _NO_CHAT in error.message.lower():
                await self._give_up(owed, error.message)
            else:
                await self._fail(owed, error.message)
        except TelegramError as error:
            await self._fail(owed, error.message)
        except StorageError as error:
            await self._fail(owed, str(error))
        except Exception as error:  # noqa: BLE001 - likewise; the message is tried again, and then called failed
            _LOG.exception("Broadcast %d could not be made into a message.", owed.broadcast)
            await self._fail(owed, type(error).__name__)
        else:
            await self._settle(lambda: delivery.sent(owed, message))

    async def _sent(self, owed: Owed) -> int | None:
        try:
            return await self._send(owed, owed.chat)
        except ChatMigrated as error:
            await move_chat(self._outbox.delivery.database, self._outbox.topics, owed.chat, error.new_chat_id)
            return await self._send(owed, error.new_chat_id)

    async def _send(self, owed: Owed, chat: int) -> int | None:
        request = self._request(owed, chat)
        answered = await self._outbox.router.tell(request, await self._messages(owed, request))
        return await self._sender.broadcast(answered, chat, request.now)

    async def _messages(self, owed: Owed, request: Request) -> tuple[Message, ...]:
        """Return the broadcast's messages, rendered once for each language and publication."""
        number = self._outbox.catalogue.current.number
        if number != self._rendered_from:
            self._rendered.clear()
            self._rendered_from = number
        key = owed.broadcast, owed.locale
        if key not in self._rendered:
            self._rendered[key] = await self._outbox.router.news(request)
        return self._rendered[key]

    def _request(self, owed: Owed, chat: int) -> Request:
        name = self._sender.bot.username
        return Request(
            Reader(chat, "", owed.locale),
            Chat(chat, ChatKind.PRIVATE),
            "news",
            str(owed.broadcast),
            self._clock(),
            home=f"https://t.me/{name}" if name else "",
        )

    async def _give_up(self, owed: Owed, reason: str) -> None:
        _LOG.info("Chat %d cannot be reached any more: %s", owed.chat, reason)
        await self._settle(lambda: self._outbox.delivery.unreachable(owed.chat, reason, self._clock()))

    async def _fail(self, owed: Owed, reason: str) -> None:
        _LOG.warning("Message %d of broadcast %d was not taken: %s", owed.id, owed.broadcast, reason)
        await self._settle(lambda: self._outbox.delivery.failed(owed, reason, self._clock()))

    async def _settle(self, note: Callable[[], Awaitable[None]]) -> None:
        """Note what has become of a message, until the database takes it: else it would be sent again."""
        while True:
            try:
                return await note()
            except StorageError as error:
                _LOG.error("What was delivered could not be noted; trying again in %.0f s: %s", _PAUSE, error)
                await asyncio.sleep(_PAUSE)
