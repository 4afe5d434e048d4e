"""Waiting until something is so, without sleeping: who changes the world rings the bell, who waits looks again."""

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes everyone who waits each time it rings. Ringing is synchronous, so plain methods can change the world.

    A chat and the update queue have bells of their own, so that a thousand waiting tests do not all wake at every
    call; each of them rings the bell beyond it too.
    """

    __slots__ = ("_beyond", "_rung")

    def __init__(self, beyond: "Bell | None" = None) -> None:
        self._beyond = beyond
        self._rung: asyncio.Event | None = None  # made by the first who waits: most bells nobody listens to

    def ring(self) -> None:
        """Make every waiter look at its condition again."""
        rung, self._rung = self._rung, None
        if rung is not None:
            rung.set()
        if self._beyond is not None:
            self._beyond.ring()

    async def until(self, condition: Callable[[], bool], seconds: float | None) -> bool:
        """Return True once the condition holds, or False if it still does not when the time is up (None: never up)."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    if self._rung is None:
                        self._rung = asyncio.Event()
                    await self._rung.wait()
        except TimeoutError:
            return condition()
        return True
