"""The webhook: Telegram posts updates to us, and is told 200 only once an update is durable."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.persistence import until_through
from bot.channels.telegram.polling import ALLOWED, Take
from bot.errors import SettingsError, StorageError, TokenRefused, Unreachable
from bot.storage.inbox import Taken

_LOG: Final = logging.getLogger(__name__)
_SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_CONNECTIONS: Final = 100  # the most by the Bot API; posts that come at one instant share a transaction
_LARGEST_ID: Final = 2**63  # what a database can hold

Put = Callable[[Taken], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram posts to, and the secret by which its posts are known."""

    url: str
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """Return the part of the address that reaches us; what stands before it is for the proxy."""
        return urlsplit(self.url).path or "/"


class Webhook:
    """Takes in what is posted. Telegram repeats a post until it is answered with 200."""

    def __init__(self, hook: Hook, bot: Bot, take: Take, put: Put) -> None:
        """Receive at `hook` for `bot`; `take` keeps updates and returns the new ones, `put` has one answered."""
        self._hook: Final = hook
        self._bot: Final = bot
        self._put: Final = put
        self._take: Final = take
        self._open: Final = asyncio.Event()
        self._warned = False

    def routes(self) -> list[web.RouteDef]:
        """Return what to serve."""
        return [web.post(self._hook.path, self._receive)]

    async def run(self) -> None:
        """Take updates in until cancelled; posts that came earlier have waited for this.

        Raises SettingsError where Telegram refuses the address, TokenRefused or Unreachable.
        """
        self._open.set()
        await self._register()
        await asyncio.Event().wait()

    async def _receive(self, request: web.Request) -> web.Response:
        refusal = self._refusal(request)
        if refusal:
            return web.Response(status=refusal)
        taken = _read(await request.read())
        if taken is None:
            return web.Response()  # anything else would have it posted again for ever
        await self._open.wait()
        try:
            for new in await self._take([taken]):
                await self._put(new)
        except StorageError as error:
            _LOG.error("An update could not be taken in; Telegram will post it again: %s", error)
            return web.Response(status=503)
        return web.Response()

    def _refusal(self, request: web.Request) -> int | None:
        """Return the status of a post that is none of Telegram's."""
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._hook.secret.encode()):
            self._warn_once()
            return 403
        if request.headers.get("Content-Type") != "application/json":
            _LOG.warning("A post with the secret was refused: its content type is not application/json.")
            return 415
        return None

    def _warn_once(self) -> None:
        """Say that somebody knocks: a scanner, or a proxy that drops the header. Once, for it may never end."""
        if not self._warned:
            _LOG.warning("A post to the webhook without the right secret was refused; this is said only once.")
        self._warned = True

    async def _register(self) -> None:
        try:
            await until_through(self._set)
        except InvalidToken:
            raise TokenRefused("Telegram no longer accepts the token: get a new one from @BotFather.") from None
        except BadRequest as error:
            raise SettingsError(
                f"Telegram refuses PARLEY_WEBHOOK_URL ({error.message}): it must reach your proxy from outside."
            ) from None
        except TelegramError as error:
            raise Unreachable(f"The webhook could not be set ({error.message}): check the network.") from None
        _LOG.info("Telegram delivers to the webhook.")

    async def _set(self) -> None:
        """Set the webhook, waiting where Telegram says so: it does when several starts follow each other closely."""
        while True:
            try:
                await self._bot.set_webhook(
                    self._hook.url,
                    secret_token=self._hook.secret,
                    allowed_updates=ALLOWED,
                    max_connections=_CONNECTIONS,
                )
            except RetryAfter as error:
                after = error.retry_after
                await asyncio.sleep(after if isinstance(after, int) else after.total_seconds())
            else:
                return


def _read(body: bytes) -> Taken | None:
    """Return the update as it was posted; None, and an entry in the log, where it is none."""
    try:
        text = body.decode()
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raw = None
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if type(number) is not int or not 0 <= number < _LARGEST_ID:
        _LOG.error("A post with the secret was no update and was dropped (%d bytes).", len(body))
        return None
    return Taken(number, text)
