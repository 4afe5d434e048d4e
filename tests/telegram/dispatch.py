"""One request from its raw parameters to its reply, and the record of it."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.telegram.errors import ApiError, stricter
from tests.telegram.handlers import HANDLERS
from tests.telegram.params import read_params
from tests.telegram.payload import Json, JsonObject, PayloadError, Value
from tests.telegram.spec import load_spec
from tests.telegram.wire import RawRequest
from tests.telegram.world import World

_SPELLINGS = {name.lower(): name for name in HANDLERS}


@dataclass(slots=True)
class Call:
    """One call of the bot. `at` is time.monotonic() when it came; `ok` is None while it is under way.

    `trouble` is the kind of server trouble that it met. With "late" and "drop_after", `ok` tells of the effect, which
    the bot was told of too late or never.
    """

    method: str
    params: Mapping[str, Value]
    at: float = field(default_factory=time.monotonic)
    ok: bool | None = None
    error: str | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that was malformed: a fault of the bot, whatever the state of its chats."""

    method: str
    params: Mapping[str, Value]
    description: str


# Called before the handler of a call, with checked parameters: raise ApiError to fail the call, return to let it by.
Interceptor: TypeAlias = Callable[[Call], Awaitable[None]]


class Dispatcher:
    """Runs calls and remembers them in the order they came."""

    def __init__(self, world: World, *, strict_spec: bool) -> None:
        self.world = world
        self.strict_spec = strict_spec
        self.interceptors: list[Interceptor] = []
        self.calls: list[Call] = []
        self.counts: Counter[str] = Counter()
        self.refusals: list[Refusal] = []
        self._under_way: dict[int, Call] = {}

    @property
    def busy(self) -> list[Call]:
        """The calls under way, but for polls, which wait by nature."""
        return [call for call in self._under_way.values() if call.method != "getUpdates"]

    def begin(self, method: str, raw: RawRequest) -> Call:
        """Put a call into the log. It is under way until `run` or `end` is through with it."""
        call = Call(_SPELLINGS.get(method.lower(), method), {**raw.texts, **raw.values, **raw.files})
        self.calls.append(call)
        self.counts[call.method] += 1
        self._under_way[id(call)] = call
        return call

    async def run(self, call: Call, raw: RawRequest) -> tuple[int, JsonObject]:
        """Answer a call with an HTTP status and a body."""
        try:
            result = await self._result(call, raw)
        except ApiError as error:
            return self.end(call, error)
        else:
            call.ok = True
            return 200, {"ok": True, "result": result}
        finally:
            self._close(call)

    def end(self, call: Call, error: ApiError) -> tuple[int, JsonObject]:
        """Answer a call with an error."""
        call.error = error.description
        if error.malformed:
            self.refuse(call.method, call.params, error)
        self._close(call)
        return error.code, error.body()

    def _close(self, call: Call) -> None:
        call.ok = call.ok or False
        self._under_way.pop(id(call), None)
        self.world.bell.ring()

    def refuse(self, method: str, params: Mapping[str, Value], error: ApiError) -> None:
        """Record a malformed request."""
        self.refusals.append(Refusal(method, params, error.description))

    async def _result(self, call: Call, raw: RawRequest) -> Json:
        if call.method not in HANDLERS:
            raise ApiError(404, "Not Found", malformed=True)
        try:
            params = read_params(call.method, raw)
            call.params = params.values
            if self.strict_spec and (spec := load_spec()):
                spec.check(call.method, params.values)
            for intercept in self.interceptors:
                await intercept(call)
            return await HANDLERS[call.method](self.world, params)
        except PayloadError as error:
            raise stricter(str(error)) from None
