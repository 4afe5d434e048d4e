"""The shape of a handler, and the parameters that many of them read."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from tests.telegram.chat import FakeChat
from tests.telegram.params import Params
from tests.telegram.payload import Json, as_str
from tests.telegram.world import World

# Only getUpdates may await: every other call then changes the world in one piece, whoever hangs up meanwhile.
Handler: TypeAlias = Callable[[World, Params], Awaitable[Json]]


def named_chat(world: World, params: Params) -> FakeChat:
    """Return the chat of chat_id. Raises ApiError where the bot may not reach it."""
    chat_id = params.values["chat_id"]
    return world.chat(chat_id if isinstance(chat_id, int) else as_str(chat_id))
