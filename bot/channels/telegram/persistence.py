"""Persistence: a call that the network or Telegram's servers fail is made again until it is through."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from telegram.error import BadRequest, NetworkError

_LOG: Final = logging.getLogger(__name__)
_FIRST_PAUSE: Final = 0.5  # seconds
_LONGEST_PAUSE: Final = 30.0
_TRIES: Final = 40  # a quarter of an hour; what has not come through by then will not

T = TypeVar("T")


async def until_through(call: Callable[[], Awaitable[T]]) -> T:
    """Return what `call` returns, made again after network trouble; raises what only a change on our side can mend.

    A call whose answer was lost may have had its effect already, so its message may come twice: Telegram has no key
    that would tell the two apart.
    """
    pause = _FIRST_PAUSE
    for tries_left in range(_TRIES - 1, -1, -1):
        try:
            return await call()
        except BadRequest:
            raise  # python-telegram-bot counts it among network errors; trying again cannot help
        except NetworkError as error:
            if not tries_left:
                raise
            _LOG.warning("Telegram did not take a message (%s); trying again in %.1f s.", error.message, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
    raise AssertionError  # the loop returns or raises
