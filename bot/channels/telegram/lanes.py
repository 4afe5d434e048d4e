"""Lanes: what happens in one chat is handled in order, different chats at the same time."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Final

_LOG: Final = logging.getLogger(__name__)
Lane = tuple[str, int]  # whose order is kept: a chat's, or a person's outside of chats, by number
NOBODY: Final[Lane] = ("nobody", 0)


class Lanes:
    """Tasks by lane. `room` keeps the sum of waiting tasks bounded, so that a flood slows polling, not the machine."""

    def __init__(self, room: int = 1000) -> None:
        """Take at most `room` tasks at a time."""
        self._last: Final = dict[Lane, asyncio.Task[None]]()
        self._tasks: Final = set[asyncio.Task[None]]()
        self._room: Final = room
        self._left: Final = asyncio.Event()

    async def put(self, lane: Lane, work: Coroutine[object, object, None]) -> None:
        """Run `work` after all that was put in in that lane before; returns once there is room for it."""
        try:
            while len(self._tasks) >= self._room:
                self._left.clear()
                await self._left.wait()
        except asyncio.CancelledError:
            work.close()  # it never began
            raise
        task = asyncio.create_task(self._run(self._last.get(lane), work))
        self._last[lane] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._leave(lane, done))

    async def drain(self, seconds: float) -> int:
        """Wait that long for all that was put in, then cancel the rest; returns how many that were."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        left = set(self._tasks)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)
        return len(left)

    async def _run(self, before: asyncio.Task[None] | None, work: Coroutine[object, object, None]) -> None:
        try:
            if before:
                await asyncio.wait([before])
            await work
        except asyncio.CancelledError:
            work.close()  # it may never have begun
            raise
        except Exception:  # noqa: BLE001 - one update's failure must not end its chat's lane
            _LOG.exception("An update could not be handled.")

    def _leave(self, lane: Lane, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._left.set()
        if self._last.get(lane) is task:
            del self._last[lane]
