"""Kept replies: what only reads what is published is made once, until the next publication or the next day."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Final

from bot.catalogue.snapshot import Snapshot
from bot.commands.context import Context
from bot.rendering.reply import Reply

_MOST: Final = 500  # replies of a few kilobytes each; the one not asked for the longest goes first


class Kept:
    """Replies by all that they depend on."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._snapshot: Snapshot | None = None
        self._replies: Final = OrderedDict[Hashable, Reply]()

    async def reply(self, context: Context, make: Callable[[], Awaitable[Reply]]) -> Reply:
        """Return the reply to the context's request, made where it is not kept. Raises what `make` raises."""
        if self._snapshot is not context.snapshot:
            self._replies.clear()
            self._snapshot = context.snapshot
        key = _key(context)
        found = self._replies.get(key)
        if found is None:
            found = await make()
            if self._snapshot is context.snapshot:  # else something was published meanwhile
                self._replies[key] = found
                if len(self._replies) > _MOST:
                    self._replies.popitem(last=False)
        else:
            self._replies.move_to_end(key)
        return found


def _key(context: Context) -> Hashable:
    request, process = context.request, context.process
    return (
        request.command,
        request.arguments,
        context.parts.templates.locale(request.reader.locale),
        process.record.slug if process else "",
        request.chat.kind,
        request.home,
        request.pressed is None,
        context.today,
    )
