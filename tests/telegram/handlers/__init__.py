"""What each Bot API method does: functions from the world and the checked parameters to the result."""

from collections.abc import Mapping

from tests.telegram.handlers import about_bot, about_chats, answering, editing, fetching, receiving, sending
from tests.telegram.handlers.kind import Handler

HANDLERS: Mapping[str, Handler] = {
    **receiving.HANDLERS,
    **sending.HANDLERS,
    **editing.HANDLERS,
    **answering.HANDLERS,
    **fetching.HANDLERS,
    **about_bot.HANDLERS,
    **about_chats.HANDLERS,
}

__all__ = ["HANDLERS", "Handler"]
