"""What a test sees of a chat: the bot's messages as they stand, and waiting for the next of them."""

from collections.abc import Mapping
from typing import TypeAlias

from tests.telegram.messages import BotMessage, StoredMessage
from tests.telegram.payload import Json, as_int
from tests.telegram.room import Room

MessageRef: TypeAlias = BotMessage | int | Mapping[str, Json]


class WatchedRoom(Room):
    """A chat in which everything the bot does can be awaited."""

    @property
    def messages(self) -> tuple[BotMessage, ...]:
        """Every message of the bot that is not deleted, oldest first, as it now stands."""
        return tuple(message.as_seen(self.id) for message in self.stored.values() if message.from_bot)

    @property
    def unseen(self) -> tuple[BotMessage, ...]:
        """The bot's messages that no wait_for_messages has returned yet."""
        return tuple(self.stored[message_id].as_seen(self.id) for message_id in self.fresh)

    async def wait_for_messages(self, n: int = 1, timeout: float = 10) -> tuple[BotMessage, ...]:
        """Return the bot's next n messages not seen yet. Raises AssertionError, telling all it saw, when time is up."""
        if not await self.bell.until(lambda: len(self.fresh) >= n, timeout):
            raise AssertionError(f"{n} new messages expected within {timeout} s, saw {len(self.fresh)}.{self._story()}")
        found = list(self.fresh)[:n]
        for message_id in found:
            del self.fresh[message_id]
        return tuple(self.stored[message_id].as_seen(self.id) for message_id in found)

    async def wait_for_edit(self, message: MessageRef, timeout: float = 10) -> BotMessage:
        """Return the message once it has an edit that no wait_for_edit has returned. Raises AssertionError else."""
        stored = self._bot_message(message)
        if not await self.bell.until(lambda: stored.edits > stored.seen_edits, timeout):
            raise AssertionError(f"no edit of message {stored.message_id} within {timeout} s.{self._story()}")
        stored.seen_edits = stored.edits
        return stored.as_seen(self.id)

    def quiet(self) -> None:
        """Raise AssertionError if the bot sent anything here that was not waited for. Await telegram.idle() first."""
        assert not self.fresh, f"the chat should be quiet.{self._story()}"

    def _story(self) -> str:
        lines = [
            f"\n  {'new ' if message.message_id in self.fresh else 'seen'} #{message.message_id}"
            f" (edits: {message.edits}) {message.text!r} {message.labels or ''}"
            for message in self.messages
        ]
        return f" The bot's messages in chat {self.id}:{''.join(lines) or ' none'}"

    def _bot_message(self, message: MessageRef) -> StoredMessage:
        stored = self._message(message)
        assert stored.from_bot, f"message {stored.message_id} is not from the bot"
        return stored

    def _message(self, message: MessageRef) -> StoredMessage:
        message_id = _id_of(message)
        assert message_id in self.stored, f"there is no message {message_id} in chat {self.id}"
        return self.stored[message_id]


def _id_of(message: MessageRef) -> int:
    if isinstance(message, BotMessage):
        return message.message_id
    return message if isinstance(message, int) else as_int(message["message_id"])
