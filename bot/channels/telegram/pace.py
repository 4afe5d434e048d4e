"""The pace that Telegram allows, as a pure schedule: when the next message to a chat, and to anyone, may go out.

Telegram's own figures: about one message a second to a chat, twenty a minute to a group, thirty a second in all.
"""

from collections import deque
from typing import Final

# Calls take differently long to arrive, so two that leave a second apart may arrive closer: windows are a little wider.
_MARGIN: Final = 1.02
SECOND: Final = 1.0 * _MARGIN
_MINUTE: Final = 60.0 * _MARGIN
_GROUP_MESSAGES: Final = 20
_MESSAGES: Final = 30
FREE_RATE: Final = _MESSAGES / SECOND  # a second; a broadcast no faster arrives spread, and never waits for its turn


class Pace:
    """What went out lately under one limit for all chats, and which waits Telegram has imposed on it.

    Times are seconds on one monotonic clock.
    """

    def __init__(self, rate: int = _MESSAGES, window: float = SECOND) -> None:
        """Allow `rate` messages in every `window` seconds."""
        self._window: Final = window
        self._sent: Final = deque[float](maxlen=rate)
        self._halts: dict[int, float] = {}
        self._halt = 0.0

    def ready(self) -> float:
        """Return when the next message to anyone may go out."""
        full = len(self._sent) == self._sent.maxlen
        return max(self._halt, self._sent[0] + self._window if full else 0.0)

    @property
    def halted(self) -> float:
        """Return until when Telegram has told all to wait."""
        return self._halt

    def held(self, chat: int) -> float:
        """Return until when Telegram has told the chat to wait."""
        return self._halts.get(chat, 0.0)

    def note(self, now: float) -> None:
        """Note that a message goes out, to whomever."""
        self._sent.append(now)

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
