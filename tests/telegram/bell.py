"""Waiting until something is so, without sleeping: who changes the world rings the bell, who waits looks again."""

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes everyone who waits each time it rings. Ringing is synchronous, so plain methods can change the world."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Make every waiter look at its condition again."""
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    async def until(self, condition: Callable[[], bool], seconds: float | None) -> bool:
        """Return True once the condition holds, or False if it still does not when the time is up (None: never up)."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await self._rung.wait()
        except TimeoutError:
            return condition()
        return True
