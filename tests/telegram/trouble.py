"""Server trouble: errors of every make, answers that come too late or never, at random from a seed or exactly once."""

import random
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Literal, TypeAlias, get_args

from aiohttp import web

from tests.telegram.errors import ApiError

TroubleKind: TypeAlias = Literal[
    "internal_error",  # 500 with a page of HTML, nothing done
    "bad_gateway",  # 502 with a page of HTML, nothing done
    "json_error",  # 500 with "ok": false, nothing done
    "late",  # done, answered after `delay` seconds
    "drop_before",  # the connection breaks, nothing done
    "drop_after",  # done, and the connection breaks before the answer: the bot cannot know
]
KINDS: tuple[TroubleKind, ...] = get_args(TroubleKind)

_PAGES = {"internal_error": (500, "Internal Server Error"), "bad_gateway": (502, "Bad Gateway")}
_PAGE = (
    "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
    "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)


class Trouble:
    """Which calls meet trouble. The same seed strikes the same calls of each method, in the order they come.

    `rate` is the share of calls that it strikes, `methods` those it is limited to, `delay` in seconds how late an
    answer is that comes late. `counts` tells how often each kind struck, planned or not.
    """

    def __init__(
        self,
        rate: float = 0.1,
        seed: int = 1,
        methods: Collection[str] | None = None,
        *,
        kinds: Sequence[TroubleKind] = KINDS,
        delay: float = 60,
    ) -> None:
        self.counts: Counter[TroubleKind] = Counter()
        self.delay = delay
        self._rate = rate
        self._seed = seed
        self._methods = methods
        self._kinds = tuple(kinds)
        self._dice: dict[str, random.Random] = {}
        self._planned: dict[str, deque[TroubleKind]] = {}

    def plan(self, method: str, kind: TroubleKind, times: int = 1) -> None:
        """Let the next calls of a method meet this trouble, before any that comes at random."""
        assert kind in KINDS, f"there is no trouble {kind!r}"
        self._planned.setdefault(method, deque()).extend([kind] * times)

    def strike(self, method: str) -> TroubleKind | None:
        """Return the trouble that a call of the method meets, or None, and count it."""
        planned = self._planned.get(method)
        kind = planned.popleft() if planned else self._by_chance(method)
        if kind is not None:
            self.counts[kind] += 1
        return kind

    def _by_chance(self, method: str) -> TroubleKind | None:
        if not self._rate or (self._methods is not None and method not in self._methods):
            return None
        # Dice of its own for each method, so that how often the bot polls does not move the rest.
        dice = self._dice.setdefault(method, random.Random(f"{self._seed}:{method}"))  # noqa: S311 - no secret
        struck, kind = dice.random() < self._rate, dice.choice(self._kinds)
        return kind if struck else None


async def meet(
    kind: TroubleKind,
    request: web.Request,
    *,
    do: Callable[[], Awaitable[web.Response]],
    fail: Callable[[ApiError], web.Response],
    wait: Callable[[], Awaitable[object]],
) -> web.Response:
    """Answer a call in its trouble: `do` carries it out, `fail` ends it undone, `wait` lasts until late is over."""
    if kind == "late":
        answer = await do()
        await wait()
        return answer
    if kind == "drop_after":
        await do()
        return _hang_up(request)
    if kind == "drop_before":
        fail(ApiError(0, "connection dropped"))
        return _hang_up(request)
    if kind == "json_error":
        return fail(ApiError(500, "Internal Server Error"))
    code, words = _PAGES[kind]
    fail(ApiError(code, words))
    return web.Response(status=code, text=_PAGE.format(title=f"{code} {words}"), content_type="text/html")


def _hang_up(request: web.Request) -> web.Response:
    """Break the connection; the response goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
