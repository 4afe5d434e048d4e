"""The deliverer: sends what the outbox owes, behind all replies, and settles what Telegram has taken."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.catalogue.catalogue import Catalogue
from bot.channels.telegram.correcting import Corrector, Desk
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.variants import Variants
from bot.commands.request import Chat, ChatKind, Reader, Request, parse_line
from bot.commands.router import Router
from bot.errors import StorageError
from bot.rendering.reply import Message
from bot.services.delivery import Delivery
from bot.services.moving import move_chat
from bot.services.topics import Topics
from bot.storage.ledger import Confirmed
from bot.storage.outbox import Owed

_LOG: Final = logging.getLogger(__name__)
_LOOK: Final = 1.0  # seconds between two looks at what another process has made owed
_AHEAD: Final = 1.2  # seconds' worth under way together, so that a stop leaves little to its leases
_CATCH_UP: Final = 0.5  # seconds behind the rate that are made up for, each message so much sooner than its turn:
_HASTE: Final = 0.9
_BREATH: Final = 0.02  # seconds between two slices of a large audience, in which whoever else writes has their turn
_TOGETHER: Final = 0.02  # seconds between two notes of what was sent, which a kill would have sent again
_HANDFULS: Final = 10  # in all that is under way, claimed one at a time: whoever else writes waits for no more
_PAUSE: Final = 1.0  # seconds until the database is tried again
_NO_CHAT: Final = "chat not found"


@dataclass(frozen=True, slots=True)
class Outbox:
    """What delivering needs of the house; `owed` is set where something became owed, `rate` is messages a second."""

    desk: Desk
    owed: asyncio.Event
    rate: float

    @property
    def delivery(self) -> Delivery:
        """Return the outbox."""
        return self.desk.delivery

    @property
    def router(self) -> Router:
        """Return what makes the messages."""
        return self.desk.router

    @property
    def catalogue(self) -> Catalogue:
        """Return what they are made from."""
        return self.desk.catalogue

    @property
    def topics(self) -> Topics:
        """Return which process each chat asks about."""
        return self.desk.topics


class Deliverer:
    """Works until cancelled. What is under way then has `stop` to finish; the rest waits for its lease to run out."""

    def __init__(self, outbox: Outbox, sender: Sender, clock: Callable[[], datetime]) -> None:
        """Deliver through `sender`."""
        self._outbox: Final = outbox
        self._sender: Final = sender
        self._clock: Final = clock
        self._most: Final = 2 + int(_AHEAD * outbox.rate)
        self._handful: Final = max(1, self._most // _HANDFULS)
        self._flying: Final = dict[int, asyncio.Task[None]]()
        self._landed: Final = asyncio.Event()  # set while there is room for a handful more
        self._rendered: Final = Variants[tuple[Message, ...]]()
        self._next = self._ideal = 0.0  # when the last message goes out, and when it would have at the full rate
        self._corrector: Final = Corrector(outbox.desk, sender)
        self._filling: asyncio.Task[None] | None = None
        self._looked = -_LOOK
        self._known = set[int | None]()  # broadcasts whose publication this process has seen
        self._noted = 0.0

    async def run(self) -> None:
        """Deliver until cancelled. Whatever fails is logged, and tried again."""
        while True:
            try:
                while await self._round():
                    pass
            except StorageError as error:
                _LOG.error("The outbox could not be read; trying again in %.0f s: %s", _PAUSE, error)
                await asyncio.sleep(_PAUSE)
            except Exception:  # noqa: BLE001 - what subscribers are owed must not end with one failure of ours
                _LOG.exception("Delivering failed; trying again in %.0f s.", _PAUSE)
                await asyncio.sleep(_PAUSE)
            await self._wait()

    async def stop(self, seconds: float) -> int:
        """Let what is under way finish for so long, cancel the rest; returns how many messages that were."""
        if self._filling:
            self._filling.cancel()
            await asyncio.gather(self._filling, return_exceptions=True)
        if self._flying:
            await asyncio.wait(set(self._flying.values()), timeout=seconds)
        left = list(self._flying.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return len(left)

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOOK):
                await self._outbox.owed.wait()
        self._looked = -_LOOK

    async def _round(self) -> bool:
        """Send a handful of messages; beside it, make those owed that are not yet.

        Returns False where there was nothing to send or to make.
        """
        if self._is_time_to_look() and not await self._look():
            return False
        claimed = await self._outbox.delivery.claim(self._handful, self._clock())
        if not {owed.broadcast for owed in claimed} <= self._known:
            # What is owed may tell of a publication that this process has not seen yet.
            await self._outbox.catalogue.refresh()
            self._known = {owed.broadcast for owed in claimed if owed.broadcast}
        for owed in claimed:
            if owed.id not in self._flying:  # else its lease has run out while it waits for its turn here
                self._start(owed)
        if not self._room():
            self._landed.clear()
            await self._landed.wait()
        elif not claimed and self._filling and not self._filling.done():
            await asyncio.wait([self._filling], timeout=_LOOK)
        elif not claimed:
            return False
        return True

    def _is_time_to_look(self) -> bool:
        """Return whether something may have become owed since the last look: when told so, and each second."""
        now = asyncio.get_running_loop().time()
        if not self._outbox.owed.is_set() and now - self._looked < _LOOK:
            return False
        self._outbox.owed.clear()
        self._looked = now
        return True

    async def _look(self) -> bool:
        """Owe what has come due, also while a broadcast of hours goes out; returns whether there is anything to do."""
        snapshot, now = self._outbox.catalogue.current, self._clock()
        await self._outbox.delivery.look(snapshot.number, snapshot.agreements.values(), now)
        if not await self._outbox.delivery.waiting(now):
            return False
        if self._filling is None or self._filling.done():
            self._filling = asyncio.create_task(self._fill())
        return True

    async def _fill(self) -> None:
        """Make what is owed a slice at a time."""
        try:
            while await self._outbox.delivery.fill(self._clock()):  # noqa: ASYNC110 - a breath, not a wait
                await asyncio.sleep(_BREATH)
        except StorageError as error:
            _LOG.error("What is owed to many could not be written down; trying again: %s", error)
            await asyncio.sleep(_PAUSE)
        except Exception:  # noqa: BLE001 - as in `run`; what is owed already goes out meanwhile
            _LOG.exception("What is owed to many could not be worked out; trying again.")
            await asyncio.sleep(_PAUSE)

    def _start(self, owed: Owed) -> None:
        """Send the message when its turn has come, by the rate that the operator has set.

        What is late is made up for by a little haste: sent together, messages could arrive more than Telegram allows.
        """
        now, step = asyncio.get_running_loop().time(), 1 / self._outbox.rate
        due = self._ideal + step
        self._ideal = due if due > now - _CATCH_UP else now
        hasty = max(self._ideal, self._next + step * _HASTE)
        self._next = max(now, min(self._next + step, hasty))
        task = asyncio.create_task(self._deliver(owed, self._next))
        self._flying[owed.id] = task
        task.add_done_callback(lambda _: self._land(owed.id))

    def _land(self, number: int) -> None:
        self._flying.pop(number, None)
        if self._room():
            self._landed.set()

    def _room(self) -> bool:
        """Return whether there is room for a handful more under way."""
        return len(self._flying) + self._handful <= self._most

    async def _deliver(self, owed: Owed, at: float) -> None:
        try:
            if owed.entry:
                await self._correct(owed, at)
            else:
                await self._sent(owed, at)
        except Forbidden as error:
            await self._give_up(owed, error.message)
        except BadRequest as error:
            if _NO_CHAT in error.message.lower():
                await self._give_up(owed, error.message)
            else:
                await self._fail(owed, error.message)
        except TelegramError as error:
            await self._fail(owed, error.message, lasting=False)
        except StorageError as error:
            await self._fail(owed, str(error), lasting=False)
        except Exception as error:  # noqa: BLE001 - likewise; the message is tried again, and then called failed
            _LOG.exception("%s could not be made into a message.", owed.line)
            await self._fail(owed, type(error).__name__)

    async def _sent(self, owed: Owed, at: float) -> None:
        try:
            confirmed = await self._send(owed, owed.chat, at)
        except ChatMigrated as error:
            await move_chat(self._outbox.delivery.database, self._outbox.topics, owed.chat, error.new_chat_id)
            confirmed = await self._send(owed, error.new_chat_id, at)
        await self._settle(lambda: self._outbox.delivery.sent(owed, confirmed, self._clock()))

    async def _correct(self, owed: Owed, at: float) -> None:
        await asyncio.sleep(at - asyncio.get_running_loop().time())
        await self._settle(lambda: self._corrector.correct(owed, self._request(owed, owed.chat)))

    async def _send(self, owed: Owed, chat: int, at: float) -> tuple[Confirmed, ...]:
        request = self._request(owed, chat)
        # Entered before its turn comes, so that all that were claimed together share a transaction of the ledger's.
        answered = await self._outbox.router.tell(request, await self._messages(owed, request))
        await asyncio.sleep(at - asyncio.get_running_loop().time())
        return await self._sender.broadcast(answered, chat, request.now)

    async def _messages(self, owed: Owed, request: Request) -> tuple[Message, ...]:
        """Return what the line makes, made once for each language, topic, publication and day."""
        number, topic = self._outbox.catalogue.current.number, self._outbox.topics.chosen(owed.chat)
        key = owed.line, owed.locale, topic, number, request.now.date()
        return await self._rendered.get(key, lambda: self._outbox.router.made(request))

    def _request(self, owed: Owed, chat: int) -> Request:
        name = self._sender.bot.username
        command, arguments = parse_line(owed.line)
        return Request(
            Reader(chat, "", owed.locale),
            Chat(chat, ChatKind.PRIVATE if chat > 0 else ChatKind.GROUP if chat else ChatKind.INLINE),
            command,
            arguments,
            self._clock(),
            home=f"https://t.me/{name}" if name else "",
        )

    async def _give_up(self, owed: Owed, reason: str) -> None:
        _LOG.info("Chat %d cannot be reached any more: %s", owed.chat, reason)
        await self._settle(lambda: self._outbox.delivery.unreachable(owed.chat, reason, self._clock()))

    async def _fail(self, owed: Owed, reason: str, *, lasting: bool = True) -> None:
        _LOG.warning("Message %d (%s) was not taken: %s", owed.id, owed.line, reason)
        await self._settle(lambda: self._outbox.delivery.failed(owed, reason, self._clock(), lasting=lasting))

    async def _settle(self, note: Callable[[], Awaitable[None]]) -> None:
        """Note what has become of a message, until the database takes it: else it would be sent again."""
        await self._together()
        while True:
            try:
                return await note()
            except StorageError as error:
                _LOG.error("What was delivered could not be noted; trying again in %.0f s: %s", _PAUSE, error)
                await asyncio.sleep(_PAUSE)

    async def _together(self) -> None:
        """Wait for those that are noted next, so that many share a transaction; where few are sent, for nobody."""
        now = asyncio.get_running_loop().time()
        if now >= self._noted:
            self._noted = now + _TOGETHER
            return
        turn = self._noted
        await asyncio.sleep(turn - now)
        if self._noted == turn:
            self._noted = turn + _TOGETHER
