"""The alarm: what the desk is told when something fails on our side; the same failure once an hour, with a count."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

QUIET: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Alert:
    """A failure: what failed, the number that reader, log and desk share, and how often it has since the last alert."""

    what: str
    reference: str
    times: int


@dataclass(slots=True)
class _Known:
    """When the desk was last told of a failure, and how often it has happened since."""

    told: datetime
    since: int = 0


class Alarm:
    """Collects failures. Alerts wait in memory only: the log has every failure, and a restart is seen anyway."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._known: Final = dict[str, _Known]()
        self._alerts: Final = asyncio.Queue[Alert]()

    def ring(self, what: str, reference: str, now: datetime) -> None:
        """Take note of a failure; the desk is told at once, or an hour after it was told of the same."""
        known = self._known.get(what)
        if known and now < known.told + QUIET:
            known.since += 1
            return
        times = known.since + 1 if known else 1
        self._known[what] = _Known(now)
        self._alerts.put_nowait(Alert(what, reference, times))

    async def next(self) -> Alert:
        """Return the next alert, once there is one."""
        return await self._alerts.get()
