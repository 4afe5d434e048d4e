"""Another process that polls with the same token, which happens when an old bot is still running somewhere."""

import time
from collections.abc import Callable


class SecondPoller:
    """While it polls, every getUpdates of the bot under test ends in a conflict. It takes no updates away."""

    def __init__(
        self, *, seconds: float | None = None, calls: int | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.conflicts = 0
        self._calls = calls
        self._clock = clock
        self._ends = None if seconds is None else clock() + seconds
        self._stopped = False

    @property
    def active(self) -> bool:
        """Whether the next poll will meet it: until its time or its calls are up, or it is stopped."""
        in_time = self._ends is None or self._clock() < self._ends
        return in_time and not self._stopped and (self._calls is None or self.conflicts < self._calls)

    def takes_over(self) -> bool:
        """Return whether the poll that asks ends in a conflict, and count it."""
        taken = self.active
        self.conflicts += taken
        return taken

    def stop(self) -> None:
        """Go away."""
        self._stopped = True
