"""A chat's state, as the server knows it: who is in it, its topics, its messages, numbered from 1 in each chat."""

import copy
import itertools
import time
from collections.abc import Iterable

from tests.telegram.bell import Bell
from tests.telegram.errors import bad_request
from tests.telegram.messages import StoredMessage
from tests.telegram.payload import JsonObject
from tests.telegram.people import Person
from tests.telegram.textual import Formatted


class Room:
    """What handlers read and change. `started` and `bot_present` say whether the bot may write here."""

    def __init__(self, chat_json: JsonObject, bell: Bell, bot: JsonObject) -> None:
        self.json = chat_json
        self.bell = bell
        self.bot = bot
        self.members: dict[int, Person] = {}
        self.admins: list[Person] = []
        self.topics: dict[int, str] = {}
        self.stored: dict[int, StoredMessage] = {}
        self.started = False
        self.bot_present = True
        self._ids = itertools.count(1)

    @property
    def id(self) -> int:
        """The chat's id: the person's own for a private chat, negative for a group."""
        number = self.json["id"]
        assert isinstance(number, int)
        return number

    @property
    def type(self) -> str:
        """One of private, group, supergroup."""
        return str(self.json["type"])

    @property
    def is_private(self) -> bool:
        """Whether it is the chat of the bot with one person."""
        return self.type == "private"

    def join(self, people: Iterable[Person]) -> None:
        """Make them members."""
        self.members |= {person.id: person for person in people}

    def new_topic(self, name: str) -> int:
        """Open a forum topic and return its thread id, which is the id of the message that opened it."""
        assert self.json.get("is_forum"), f"{self.json.get('title')!r} is not a forum"
        thread_id = next(self._ids)
        self.topics[thread_id] = name
        return thread_id

    def store(
        self,
        sender: JsonObject,
        content: Formatted,
        source: str,
        *,
        thread_id: int | None = None,
        reply_to: StoredMessage | None = None,
        photo: bytes | None = None,
    ) -> StoredMessage:
        """Add a message to the chat. Nobody is told yet: the caller rings the bell when the message is complete."""
        json: JsonObject = {
            "message_id": next(self._ids),
            "from": sender,
            "chat": self.json,
            "date": int(time.time()),
        }
        if thread_id is not None:
            json |= {"message_thread_id": thread_id, "is_topic_message": True}
        if reply_to is not None:
            original = {name: value for name, value in reply_to.json.items() if name != "reply_to_message"}
            json["reply_to_message"] = copy.deepcopy(original)
        if photo is not None:
            file_id = f"photo-{self.id}-{json['message_id']}"
            size: JsonObject = {"file_id": file_id, "file_unique_id": file_id, "width": 640, "height": 480}
            json["photo"] = [size | {"file_size": len(photo)}]
        message_id = json["message_id"]
        assert isinstance(message_id, int)
        message = StoredMessage(
            message_id,
            json,
            from_bot=sender is self.bot,
            content=content,
            thread_id=thread_id,
            reply_to=reply_to.message_id if reply_to else None,
            photo=photo,
        )
        if content.text or photo is None:
            message.show_text(content, source)
        self.stored[message_id] = message
        return message

    def message(self, message_id: int | None, *, purpose: str) -> StoredMessage:
        """Return a message. Raises ApiError where there is none: "message to <purpose> not found"."""
        if message_id not in self.stored:
            raise bad_request(f"message to {purpose} not found")
        return self.stored[message_id]

    def remove(self, message_id: int) -> None:
        """Delete a message for everyone."""
        del self.stored[message_id]
        self.bell.ring()
