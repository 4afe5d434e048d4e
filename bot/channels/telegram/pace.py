"""The pace that Telegram allows, as a pure schedule: when the next message to a chat, and to anyone, may go out.

Telegram's own figures: about one message a second to a chat, twenty a minute to a group, thirty a second in all.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

# Two messages that leave a second apart may arrive closer: a chat waits a little longer between them.
_MARGIN: Final = 1.02
SECOND: Final = 1.0 * _MARGIN
_MINUTE: Final = 60.0 * _MARGIN
_ON_ITS_WAY: Final = (
    0.3  # seconds that a message is thought to take at most: one that hangs must not hold up all others
)
_GROUP_MESSAGES: Final = 20
_MESSAGES: Final = 30
FREE_RATE: Final = _MESSAGES / SECOND  # a second; a broadcast no faster arrives spread, and never waits for its turn


@dataclass(slots=True)
class Sent:
    """A message that went out, and when it had arrived for sure; None while nobody knows."""

    left: float
    arrived: float | None = None


class Pace:
    """What went out lately under one limit for all chats, and which waits Telegram has imposed on it.

    Times are seconds on one monotonic clock.
    """

    def __init__(self, rate: int = _MESSAGES, *, sure: bool = True) -> None:
        """Allow `rate` messages in every second.

        Where `sure`, a second from when a message had arrived: however long any is on its way, never do more arrive.
        """
        self._sure: Final = sure
        self._sent: Final = deque[Sent](maxlen=rate)
        self._halts: dict[int, float] = {}
        self._halt = 0.0

    def ready(self, now: float) -> float:
        """Return when the next message to anyone may go out, as far as is known by now."""
        if len(self._sent) < (self._sent.maxlen or 0):
            return self._halt
        oldest = self._sent[0]
        arrived = now if oldest.arrived is None else oldest.arrived
        counts = min(arrived, oldest.left + _ON_ITS_WAY) if self._sure else oldest.left
        return max(self._halt, counts + 1)

    @property
    def halted(self) -> float:
        """Return until when Telegram has told all to wait."""
        return self._halt

    def held(self, chat: int) -> float:
        """Return until when Telegram has told the chat to wait."""
        return self._halts.get(chat, 0.0)

    def note(self, now: float) -> Sent:
        """Note that a message goes out, to whomever; whoever sends it notes there when it has arrived."""
        sent = Sent(now)
        self._sent.append(sent)
        return sent

    def halt(self, chat: int, until: float, now: float) -> None:
        """Keep to a wait that Telegram imposed on a chat; a second chat told to wait at the same time halts all."""
        self._halts = {other: end for other, end in self._halts.items() if end > now}
        if any(other != chat for other in self._halts):
            self._halt = max(self._halt, until)
        self._halts[chat] = max(self._halts.get(chat, 0.0), until)


class Chats:
    """What went out to each chat lately. A chat is forgotten when it no longer has to wait, since there are millions.

    Each of the two holds its chats by when something last went out, so that those to forget come first.
    """

    def __init__(self) -> None:
        """Know of nothing sent."""
        self._people: Final = dict[int, float]()
        self._groups: Final = dict[int, deque[float]]()

    def ready(self, chat: int) -> float:
        """Return when the next message to the chat may go out; a group's number is negative."""
        if chat > 0:
            return self._people.get(chat, -SECOND) + SECOND
        times = self._groups.get(chat)
        if not times:
            return 0.0
        full = len(times) == _GROUP_MESSAGES
        return max(times[-1] + SECOND, times[0] + _MINUTE if full else 0.0)

    def note(self, chat: int, now: float) -> None:
        """Note that a message goes out to the chat; 0 is none that we know of."""
        if chat > 0:
            self._people.pop(chat, None)
            self._people[chat] = now
            while (oldest := next(iter(self._people))) != chat and self._people[oldest] < now - SECOND:
                del self._people[oldest]
        elif chat:
            times = self._groups.pop(chat, None) or deque(maxlen=_GROUP_MESSAGES)
            times.append(now)
            self._groups[chat] = times
            while (oldest := next(iter(self._groups))) != chat and self._groups[oldest][-1] < now - _MINUTE:
                del self._groups[oldest]
