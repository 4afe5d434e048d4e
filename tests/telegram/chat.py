"""FakeChat: a chat as the people in it use it. Everything the bot does here can be awaited."""

from collections.abc import Callable, Mapping
from typing import TypeAlias, overload

from tests.telegram.bell import Bell
from tests.telegram.detect import find_entities
from tests.telegram.messages import BotMessage, StoredMessage
from tests.telegram.payload import Json, JsonObject, as_int
from tests.telegram.people import Person
from tests.telegram.room import Room
from tests.telegram.textual import Formatted

MessageRef: TypeAlias = BotMessage | int | Mapping[str, Json]


class FakeChat(Room):
    """A private chat or a group. In a private chat the person need not be named: there is only one."""

    def __init__(
        self,
        chat_json: JsonObject,
        bell: Bell,
        bot: JsonObject,
        queue: Callable[[JsonObject], int | None],
        new_query_id: Callable[[], str],
    ) -> None:
        super().__init__(chat_json, bell, bot)
        self._queue = queue
        self._new_query_id = new_query_id
        self._seen: set[int] = set()
        self._seen_edits: dict[int, int] = {}

    @overload
    def send(
        self,
        person: Person,
        text: str,
        /,
        *,
        reply_to: MessageRef | None = None,
        thread: int | None = None,
        **extra: Json,
    ) -> JsonObject: ...
    @overload
    def send(
        self, text: str, /, *, reply_to: MessageRef | None = None, thread: int | None = None, **extra: Json
    ) -> JsonObject: ...
    def send(
        self,
        person: Person | str,
        text: str | None = None,
        /,
        *,
        reply_to: MessageRef | None = None,
        thread: int | None = None,
        **extra: Json,
    ) -> JsonObject:
        """Write a message and return it as Telegram gives it to the bot; `extra` fields are added to it as they are."""
        if isinstance(person, str):
            return self.send(self._only_person(), person, reply_to=reply_to, thread=thread, **extra)
        assert text is not None, "a person sends a text"
        self._check_may_write(person, thread)
        target = self.stored[self._id_of(reply_to)] if reply_to is not None else None
        content = Formatted(text, tuple(find_entities(text)))
        message = self.store(person.json, content, text, thread_id=thread, reply_to=target)
        message.json |= extra
        self.started = True
        self._queue({"message": message.json})
        return message.json

    def press(
        self, message: MessageRef, *, label: str | None = None, data: str | None = None, by: Person | None = None
    ) -> str:
        """Press a button that the bot's message has now, found by label or data; return the callback query's id."""
        assert (label is None) != (data is None), "name the button by its label or by its data"
        seen = self._bot_message(message).as_seen(self.id)
        for button in seen.buttons:
            if button.data is not None and (button.label == label if data is None else button.data == data):
                return self.press_data(message, button.data, by=by)
        available = [f"{button.label!r} ({button.data or button.url})" for button in seen.buttons]
        wanted = repr(label) if data is None else f"with data {data!r}"
        raise AssertionError(f"no button {wanted} to press; there are: {', '.join(available) or 'none'}")

    def press_data(self, message: MessageRef, data: str, *, by: Person | None = None) -> str:
        """Send a callback query with any data, as a forged or outdated client may; return its id."""
        person = by or self._only_person()
        query_id = self._new_query_id()
        stored = self._bot_message(message)
        self._queue(
            {
                "callback_query": {
                    "id": query_id,
                    "from": person.json,
                    "message": stored.json,
                    "chat_instance": str(abs(self.id) * 7919),
                    "data": data,
                }
            }
        )
        return query_id

    @property
    def messages(self) -> tuple[BotMessage, ...]:
        """Every message of the bot that is not deleted, oldest first, as it now stands."""
        return tuple(message.as_seen(self.id) for message in self.stored.values() if message.from_bot)

    @property
    def unseen(self) -> tuple[BotMessage, ...]:
        """The bot's messages that no wait_for_messages has returned yet."""
        return tuple(message for message in self.messages if message.message_id not in self._seen)

    async def wait_for_messages(self, n: int = 1, timeout: float = 10) -> tuple[BotMessage, ...]:  # noqa: ASYNC109 - it is the test's own limit
        """Return the bot's next n messages not seen yet. Raises AssertionError, telling all it saw, when time is up."""
        if not await self.bell.until(lambda: len(self.unseen) >= n, timeout):
            saw = len(self.unseen)
            raise AssertionError(f"{n} new messages expected within {timeout} s, saw {saw}.{self._story()}")
        found = self.unseen[:n]
        self._seen |= {message.message_id for message in found}
        return found

    async def wait_for_edit(self, message: MessageRef, timeout: float = 10) -> BotMessage:  # noqa: ASYNC109 - as above
        """Return the message once it has an edit that no wait_for_edit has returned. Raises AssertionError else."""
        message_id = self._bot_message(message).message_id
        known = self._seen_edits.get(message_id, 0)

        def is_edited() -> bool:
            return message_id in self.stored and self.stored[message_id].edits > known

        if not await self.bell.until(is_edited, timeout):
            raise AssertionError(f"no edit of message {message_id} within {timeout} s.{self._story()}")
        edited = self.stored[message_id].as_seen(self.id)
        self._seen_edits[message_id] = edited.edits
        return edited

    def quiet(self) -> None:
        """Raise AssertionError if the bot sent anything here that was not waited for. Await telegram.idle() first."""
        assert not self.unseen, f"the chat should be quiet.{self._story()}"

    def _story(self) -> str:
        lines = [
            f"\n  {'seen' if message.message_id in self._seen else 'new '} #{message.message_id}"
            f" (edits: {message.edits}) {message.text!r} {message.labels or ''}"
            for message in self.messages
        ]
        return f" The bot's messages in chat {self.id}:{''.join(lines) or ' none'}"

    def _only_person(self) -> Person:
        assert self.is_private, "in a group, say which person it is"
        (person,) = self.members.values()
        return person

    def _check_may_write(self, person: Person, thread: int | None) -> None:
        assert person.id in self.members, f"{person.first_name} is not a member of chat {self.id}"
        assert thread is None or thread in self.topics, f"there is no topic {thread} in chat {self.id}"

    def _bot_message(self, message: MessageRef) -> StoredMessage:
        message_id = self._id_of(message)
        assert message_id in self.stored, f"there is no message {message_id} in chat {self.id}"
        stored = self.stored[message_id]
        assert stored.from_bot, f"message {message_id} is not from the bot"
        return stored

    @staticmethod
    def _id_of(message: MessageRef) -> int:
        if isinstance(message, BotMessage):
            return message.message_id
        return message if isinstance(message, int) else as_int(message["message_id"])
