"""The queue of updates, with Telegram's rules of confirming, of conflicts, and of what is queued at all."""

import itertools
from collections.abc import Sequence

from tests.telegram.bell import Bell
from tests.telegram.errors import conflict
from tests.telegram.payload import Json, JsonObject

FIRST_UPDATE_ID = 730_000_001
# What Telegram leaves out unless a bot asks for it by name.
_ONLY_BY_NAME = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates not yet confirmed, in order. Confirmed means that a later getUpdates had a higher offset."""

    def __init__(self, bell: Bell) -> None:
        self.pending: list[tuple[int, JsonObject]] = []
        self.allowed: tuple[str, ...] = ()
        self.webhook_url = ""
        self.closed = False
        self._bell = bell
        self._turns = itertools.count(1)
        self._turn = 0
        self._next_id = FIRST_UPDATE_ID

    def add(self, update: JsonObject) -> int | None:
        """Queue an update and return its id; None where the bot did not ask for updates of that kind."""
        kind = next(iter(update))
        wanted = kind in self.allowed if self.allowed else kind not in _ONLY_BY_NAME
        return self.add_raw(update) if wanted else None

    def add_raw(self, update: JsonObject) -> int:
        """Queue an update exactly as it is, with an update_id where it has none, and return its id."""
        given = update.get("update_id")
        number = given if isinstance(given, int) else self._next_id
        self._next_id = max(self._next_id, number) + 1
        self.pending.append((number, update if "update_id" in update else {"update_id": number} | update))
        self._bell.ring()
        return number

    def allow(self, kinds: Sequence[Json] | None) -> None:
        """Remember which kinds of update the bot wants; None leaves it as it was. Holds for updates still to come."""
        if kinds is not None:
            self.allowed = tuple(str(kind) for kind in kinds)

    def confirm(self, offset: int) -> None:
        """Forget every update before the offset; a negative one counts from the end of the queue."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [(number, update) for number, update in self.pending if number >= offset]
        self._bell.ring()

    def drop(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()
        self._bell.ring()

    def set_webhook(self, url: str) -> None:
        """Deliver elsewhere: getUpdates is refused while the address is not empty."""
        self.webhook_url = url
        self._bell.ring()

    def close(self) -> None:
        """Let every poll return at once, for the server is going away."""
        self.closed = True
        self._bell.ring()

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
        await self._bell.until(lambda: self.closed or self._is_over(turn) or bool(self.pending), seconds)
        if self.webhook_url:
            raise conflict("terminated by setWebhook request")
        if self._is_over(turn):
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        return [update for _, update in self.pending[:limit]]

    def _is_over(self, turn: int) -> bool:
        return turn != self._turn or bool(self.webhook_url)
