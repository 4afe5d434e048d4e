"""The pace that Telegram allows, as a pure schedule: when the next message to a chat, and to anyone, may go out.

Telegram's own figures: about one message a second to a chat, twenty a minute to a group, thirty a second in all.
"""

from collections import deque
from typing import Final

# Calls take differently long to arrive, so two that leave a second apart may arrive closer: windows are a little wider.
_MARGIN: Final = 1.02
_SECOND: Final = 1.0 * _MARGIN
_MINUTE: Final = 60.0 * _MARGIN
_GROUP_MESSAGES: Final = 20
_FORGET_ABOVE: Final = 10_000  # chats remembered before those long silent are forgotten


class Pace:
    """What went out lately, and which waits Telegram has imposed. Times are seconds on one monotonic clock."""

    def __init__(self, rate: int = 30) -> None:
        """Allow `rate` messages a second in all."""
        self._sent: Final = deque[float](maxlen=rate)
        self._chats: Final = dict[int, deque[float]]()
        self._halts: Final = dict[int, float]()
        self._halt = 0.0

    def chat_ready(self, chat: int) -> float:
        """Return when the next message to the chat may go out; a group's number is negative."""
        times = self._chats.get(chat)
        ready = self._halts.get(chat, 0.0)
        if times:
            ready = max(ready, times[-1] + _SECOND)
            if chat < 0 and len(times) == _GROUP_MESSAGES:
                ready = max(ready, times[0] + _MINUTE)
        return ready

    def ready(self) -> float:
        """Return when the next message to anyone may go out."""
        full = len(self._sent) == self._sent.maxlen
        return max(self._halt, self._sent[0] + _SECOND if full else 0.0)

    @property
    def halted(self) -> float:
        """Return until when Telegram has told all to wait."""
        return self._halt

    def note(self, now: float) -> None:
        """Note that a message goes out, to whomever."""
        self._sent.append(now)

    def note_chat(self, chat: int, now: float) -> None:
        """Note that a message goes out to the chat."""
        if not chat:
            return
        self._chats.setdefault(chat, deque(maxlen=_GROUP_MESSAGES if chat < 0 else 1)).append(now)
        if len(self._chats) > _FORGET_ABOVE:
            self._forget(now)

    def halt(self, chat: int, until: float, now: float) -> None:
        """Keep to a wait that Telegram imposed on a chat; a second chat told to wait at the same time halts all."""
        if any(other != chat and end > now for other, end in self._halts.items()):
            self._halt = max(self._halt, until)
        self._halts[chat] = max(self._halts.get(chat, 0.0), until)

    def _forget(self, now: float) -> None:
        for chat in [chat for chat, times in self._chats.items() if times[-1] < now - _MINUTE]:
            del self._chats[chat]
        for chat in [chat for chat, end in self._halts.items() if end < now]:
            del self._halts[chat]
