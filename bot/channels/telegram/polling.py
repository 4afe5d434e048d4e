"""Polling: one long poll after another; a batch is durable before the next one is asked for."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.transport import AiohttpTransport
from bot.errors import StorageError, TokenRefused
from bot.storage.inbox import Taken

_LOG: Final = logging.getLogger(__name__)
ALLOWED: Final = (
    "message",
    "channel_post",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "chosen_inline_result",
)
_LONG: Final = 30  # seconds a poll waits for something to happen
_SLACK: Final = 10  # seconds more until the call counts as lost
_LIMIT: Final = 100
_NUMBERS: Final = 2**63  # what a database can number
_CONFLICT_PAUSE: Final = 5.0
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0


Take = Callable[[Sequence[Taken]], Awaitable[Sequence[Taken]]]


class Polling:
    """The updates, as they come. Telegram is told to forget a batch only once `take` has made it durable."""

    def __init__(self, bot: Bot, transport: AiohttpTransport, take: Take) -> None:
        """Poll for `bot` through its own transport; `take` keeps updates and returns the new ones among them."""
        self._bot: Final = bot
        self._transport: Final = transport
        self._take: Final = take
        self._offset = 0
        self._pause = _FIRST_PAUSE
        self._conflicting = False

    async def updates(self) -> AsyncIterator[Taken]:
        """Yield updates until cancelled; network trouble is waited out. Raises TokenRefused for a revoked token."""
        while True:
            found = await self._batch()
            batch = [taken for raw in found if (taken := _read(raw))]
            if found and not batch:
                await self._wait()  # without a number they cannot be confirmed, so the next poll brings them again
                continue
            try:
                new = await self._take(batch)
            except StorageError as error:
                # Not confirmed, so Telegram keeps them for us: up to a day, by its own rules.
                _LOG.error("Updates could not be taken in; asking for them again in %.0f s: %s", self._pause, error)
                await self._wait()
                continue
            for taken in batch:
                self._offset = max(self._offset, taken.update_id + 1)
            for taken in new:
                yield taken

    async def confirm(self) -> None:
        """Tell the server that all updates yielded so far have been taken, so that it does not send them again."""
        try:
            await self._poll(0)
        except TelegramError as error:
            _LOG.info("The last updates could not be confirmed and will come again: %s", error.message)

    async def _batch(self) -> list[object]:
        try:
            found = await self._poll(_LONG)
        except InvalidToken:
            await self._refuse_revoked()
        except Conflict as error:
            await self._wait_out_conflict(error)
        except RetryAfter as error:
            await asyncio.sleep(_seconds(error))
        except TelegramError as error:
            await self._wait_out(error.message)
        except Exception as error:  # noqa: BLE001 - whatever stands between us and Telegram may answer anything at all
            await self._wait_out(f"an answer that is none of Telegram's, {type(error).__name__}")
        else:
            self._pause, self._conflicting = _FIRST_PAUSE, False
            return found
        return []

    async def _refuse_revoked(self) -> None:
        """Raise TokenRefused where Telegram stands by it: one 404 may be a proxy's."""
        try:
            await self._bot.get_me()
        except InvalidToken as error:
            raise TokenRefused("Telegram no longer accepts the token: get a new one from @BotFather.") from error
        except TelegramError as error:
            await self._wait_out(error.message)
        else:
            await self._wait_out("the token was refused once")

    async def _wait_out(self, reason: str) -> None:
        _LOG.warning("No updates from Telegram (%s); trying again in %.0f s.", reason, self._pause)
        await self._wait()

    async def _wait_out_conflict(self, error: Conflict) -> None:
        if not self._conflicting:
            _LOG.error(
                "%s Waiting for that to end; trying again every %.0f s. (%s)",
                "A webhook is set for this bot: delete it, or run with it."
                if "webhook" in error.message.lower()
                else "Another process polls with the same token: stop it.",
                _CONFLICT_PAUSE,
                error.message,
            )
        self._conflicting = True
        await asyncio.sleep(_CONFLICT_PAUSE)

    async def _poll(self, seconds: int) -> list[object]:
        allowed = '["' + '","'.join(ALLOWED) + '"]'
        query = urlencode({"offset": self._offset, "limit": _LIMIT, "timeout": seconds, "allowed_updates": allowed})
        # Asked for without python-telegram-bot's own method: that one reads a whole batch or fails with all of it.
        found: object = await self._transport.post(
            f"{self._bot.base_url}/getUpdates?{query}", read_timeout=seconds + _SLACK
        )
        return found if isinstance(found, list) else []

    async def _wait(self) -> None:
        await asyncio.sleep(self._pause)
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)


def _read(raw: object) -> Taken | None:
    """Return the update with its number; one without a number that a database can hold is skipped."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if type(number) is not int or not 0 <= number < _NUMBERS:
        _LOG.error("An update without a number was skipped.")
        return None
    return Taken(number, json.dumps(raw))


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()
