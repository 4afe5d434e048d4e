"""The queue of updates, with Telegram's rules of confirming, of conflicts, and of what is queued at all."""

import itertools
from collections import deque
from collections.abc import Sequence

from tests.telegram.bell import Bell
from tests.telegram.errors import ApiError, conflict
from tests.telegram.payload import Json, JsonObject
from tests.telegram.rival import SecondPoller

FIRST_UPDATE_ID = 730_000_001
# What Telegram leaves out unless a bot asks for it by name.
_ONLY_BY_NAME = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"


class UpdateQueue:
    """Updates not yet confirmed, in order. Confirmed means that a later getUpdates had a higher offset."""

    def __init__(self, bell: Bell) -> None:
        self.pending: deque[tuple[int, JsonObject]] = deque()
        self.allowed: tuple[str, ...] = ()
        self.webhook: JsonObject = {}
        self.webhook_fault: tuple[int, str] | None = None
        self.rival: SecondPoller | None = None
        self.closed = False
        self.bell = bell
        self._turns = itertools.count(1)
        self._turn = 0
        self._next_id = FIRST_UPDATE_ID
        self._in_order = True  # until a test pushes an update with an id from the past

    @property
    def webhook_url(self) -> str:
        """Where updates are delivered, empty while they are polled for."""
        return str(self.webhook.get("url", ""))

    def add(self, update: JsonObject) -> int | None:
        """Queue an update and return its id; None where the bot did not ask for updates of that kind."""
        kind = next(iter(update))
        wanted = kind in self.allowed if self.allowed else kind not in _ONLY_BY_NAME
        return self.add_raw(update) if wanted else None

    def add_raw(self, update: JsonObject) -> int:
        """Queue an update exactly as it is, with an update_id where it has none, and return its id."""
        given = update.get("update_id")
        number = given if isinstance(given, int) else self._next_id
        self._in_order = self._in_order and number >= self._next_id
        self._next_id = max(self._next_id, number) + 1
        self.pending.append((number, update if "update_id" in update else {"update_id": number} | update))
        self.bell.ring()
        return number

    def allow(self, kinds: Sequence[Json] | None) -> None:
        """Remember which kinds of update the bot wants; None leaves it as it was. Holds for updates still to come."""
        if kinds is not None:
            self.allowed = tuple(str(kind) for kind in kinds)

    def confirm(self, offset: int) -> None:
        """Forget every update before the offset; a negative one counts from the end of the queue."""
        if offset < 0:
            self.pending = deque(itertools.islice(self.pending, max(len(self.pending) + offset, 0), None))
        elif offset and not self._in_order:
            self.pending = deque(entry for entry in self.pending if entry[0] >= offset)
        elif offset:
            while self.pending and self.pending[0][0] < offset:
                self.pending.popleft()
        self.bell.ring()

    def drop(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()
        self.bell.ring()

    def set_webhook(self, webhook: JsonObject) -> None:
        """Deliver to its "url": getUpdates is refused while there is one."""
        self.webhook, self.webhook_fault = webhook, None
        self.bell.ring()

    def bring_rival(self, rival: SecondPoller) -> None:
        """Let another poller take over: the poll under way ends in a conflict, and so do the next ones."""
        self.rival = rival
        self._turn = next(self._turns)
        self.bell.ring()

    def close(self) -> None:
        """Let every poll return at once, for the server is going away."""
        self.closed = True
        self.bell.ring()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Return up to `limit` updates, waiting for the first.

        Raises ApiError (409) once another poll or a webhook takes over.
        """
        if self.webhook_url:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        turn = self._turn = next(self._turns)
        self.confirm(offset)  # rings the bell, which also ends the older poll
        if self.rival is None or not self.rival.active:
            await self.bell.until(lambda: self.closed or self._is_over(turn) or bool(self.pending), seconds)
        if error := self._conflict(turn):
            raise error
        return [update for _, update in itertools.islice(self.pending, limit)]

    def _is_over(self, turn: int) -> bool:
        return turn != self._turn or bool(self.webhook_url)

    def _conflict(self, turn: int) -> ApiError | None:
        if self.webhook_url:
            return conflict("terminated by setWebhook request")
        if self.rival is not None and self.rival.takes_over():
            return conflict(_TERMINATED)
        return conflict(_TERMINATED) if turn != self._turn else None
