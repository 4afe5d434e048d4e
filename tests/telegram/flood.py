"""Flood control: how often a bot may send, and "retry after" when it sends more often.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: 1 message a second in a chat (short
bursts are tolerated), 20 a minute in a group, 30 a second in all; with allow_paid_broadcast 1000 a second in all.
"""

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.telegram.dispatch import Call
from tests.telegram.errors import ApiError

# "overall", "paid", or the id of a chat.
Scope: TypeAlias = str | int

_COUNTED = ("send", "editMessage", "copyMessage", "forwardMessage")
_FREE = frozenset({"sendChatAction"})


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` messages in any `seconds`."""

    count: int
    seconds: float


class FloodControl:
    """An interceptor that counts what is sent. What it refuses is not counted, but for `refusals`, by scope.

    Messages spread to the millisecond arrive a little closer together than they were sent: `leeway` seconds of that
    are forgiven. A refusal names whole seconds; until they are over, the scope takes nothing at all.
    """

    def __init__(
        self,
        resolve: Callable[[int | str], int],
        *,
        burst: int = 1,
        group_per_minute: int = 20,
        overall_per_second: int = 30,
        paid_per_second: int = 1000,
        leeway: float = 0.05,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.refusals: Counter[Scope] = Counter()
        self._resolve = resolve
        self._private = Limit(burst, float(burst))
        self._group = Limit(group_per_minute, 60.0)
        self._overall = Limit(overall_per_second, 1.0)
        self._paid = Limit(paid_per_second, 1.0)
        self._leeway = leeway
        self._clock = clock
        self._sent: dict[Scope, list[float]] = {}
        self._closed_until: dict[Scope, float] = {}

    async def __call__(self, call: Call) -> None:
        """Raise ApiError (429) if the call comes too early; every other call is counted."""
        if not call.method.startswith(_COUNTED) or call.method in _FREE:
            return
        now = self._clock()
        scopes = self._scopes(call)
        for scope, limit in scopes:
            seconds = self._wait(scope, limit, now)
            if seconds > 0:
                self._refuse(scope, seconds, now)
        for scope, limit in scopes:
            sent = self._sent.setdefault(scope, [])
            # The time at which it was due, where it came early: leeway is lent, so it does not add up to a higher rate.
            sent.append(max(now, sent[0] + limit.seconds) if len(sent) >= limit.count else now)
            del sent[: -limit.count]

    def _scopes(self, call: Call) -> list[tuple[Scope, Limit]]:
        """Return the limits that the call is under. A paid message is under the wider one, which counts all."""
        paid = ("paid", self._paid)
        scopes: list[tuple[Scope, Limit]] = [paid]
        if call.params.get("allow_paid_broadcast") is not True:
            scopes.append(("overall", self._overall))
        chat_id = call.params.get("chat_id")
        if isinstance(chat_id, int | str):
            number = self._resolve(chat_id)
            scopes.append((number, self._private if number > 0 else self._group))
        return scopes

    def _wait(self, scope: Scope, limit: Limit, now: float) -> float:
        """Return how many seconds too early a message is."""
        sent = self._sent.get(scope, [])
        window = sent[0] + limit.seconds - self._leeway - now if len(sent) >= limit.count else 0.0
        return max(window, self._closed_until.get(scope, now) - self._leeway - now)

    def _refuse(self, scope: Scope, seconds: float, now: float) -> None:
        retry_after = max(math.ceil(seconds), 1)
        # A scope that is closed already opens no later for being tried again.
        if self._closed_until.get(scope, now) <= now + self._leeway:
            self._closed_until[scope] = now + retry_after
        self.refusals[scope] += 1
        words = f"Too Many Requests: retry after {retry_after}"
        raise ApiError(429, words, parameters={"retry_after": retry_after})
