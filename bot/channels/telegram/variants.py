"""Variants: what goes to many is made once for all who get the same, however many ask for it at one instant."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_MOST: Final = 200  # a publication has a few; past that all are made anew


class Variants(Generic[T]):
    """What was made, by all that it depends on."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: Final = dict[Hashable, asyncio.Task[T]]()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """Return what `make` returned for that key; makes it where it is not kept.

        Raises what `make` raises, to all who wait; whoever comes later tries again.
        """
        task = self._kept.get(key)
        if task is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            task = self._kept[key] = asyncio.create_task(_make(make))
            task.add_done_callback(lambda done: self._look(key, done))
        # One who is cancelled leaves the others theirs.
        return await asyncio.shield(task)

    def _look(self, key: Hashable, done: asyncio.Task[T]) -> None:
        failed = done.cancelled() or done.exception() is not None
        if failed and self._kept.get(key) is done:
            del self._kept[key]


async def _make(make: Callable[[], Awaitable[T]]) -> T:
    return await make()
