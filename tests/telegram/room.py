"""A chat's state, as the server knows it: who is in it, its topics, its messages, numbered from 1 in each chat."""

import copy
import itertools
import time
from collections.abc import Iterable

from tests.telegram.bell import Bell
from tests.telegram.errors import bad_request
from tests.telegram.files import StoredFile
from tests.telegram.messages import StoredMessage
from tests.telegram.payload import JsonObject
from tests.telegram.people import Person
from tests.telegram.standing import Status
from tests.telegram.textual import Formatted


class Room:
    """What handlers read and change. Whether the bot may write here is for standing.py to say."""

    def __init__(self, chat_json: JsonObject, bell: Bell, bot: JsonObject) -> None:
        self.json = chat_json
        self.bell = bell
        self.bot = bot
        self.members: dict[int, Person] = {}
        self.admins: list[Person] = []
        self.topics: dict[int, str] = {}
        self.stored: dict[int, StoredMessage] = {}
        self.fresh: dict[int, None] = {}  # the ids of the bot's messages that no test has waited for, in order
        self.started = False
        self.bot_status: Status = "member"
        self.bot_rights: dict[str, bool] = {}
        self.deactivated = False
        self.migrated_to: int | None = None
        self._ids = itertools.count(1)

    @property
    def id(self) -> int:
        """The chat's id: the person's own for a private chat, negative for a group or channel."""
        number = self.json["id"]
        assert isinstance(number, int)
        return number

    @property
    def type(self) -> str:
        """One of private, group, supergroup, channel."""
        return str(self.json["type"])

    @property
    def is_private(self) -> bool:
        """Whether it is the chat of the bot with one person."""
        return self.type == "private"

    @property
    def bot_present(self) -> bool:
        """Whether the bot is in the chat."""
        return self.bot_status in {"member", "administrator"}

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
        file: StoredFile | None = None,
    ) -> StoredMessage:
        """Add a message to the chat. Nobody is told yet: the caller rings the bell when the message is complete."""
        message_id = next(self._ids)
        json: JsonObject = {"message_id": message_id, "chat": self.json, "date": int(time.time())}
        # A channel speaks for itself: its posts do not say who wrote them.
        json |= {"sender_chat": self.json} if self.type == "channel" else {"from": sender}
        if thread_id is not None:
            json |= {"message_thread_id": thread_id, "is_topic_message": True}
        if reply_to is not None:
            original = {name: value for name, value in reply_to.json.items() if name != "reply_to_message"}
            json["reply_to_message"] = copy.deepcopy(original)
        if file is not None:
            json[file.kind] = file.as_field()
        message = StoredMessage(
            message_id,
            json,
            from_bot=sender is self.bot,
            content=content,
            thread_id=thread_id,
            reply_to=reply_to.message_id if reply_to else None,
            file=file,
        )
        if content.text or file is None:
            message.show_text(content, source)
        self.stored[message_id] = message
        if message.from_bot:
            self.fresh[message_id] = None
        return message

    def store_service(self, sender: JsonObject, fields: JsonObject) -> StoredMessage:
        """Add a message that tells of something that happened to the chat, instead of a text."""
        message = self.store(sender, Formatted(""), "")
        del message.json["text"]
        message.json |= fields
        return message

    def message(self, message_id: int | None, *, purpose: str) -> StoredMessage:
        """Return a message. Raises ApiError where there is none: "message to <purpose> not found"."""
        if message_id not in self.stored:
            raise bad_request(f"message to {purpose} not found")
        return self.stored[message_id]

    def remove(self, message_id: int) -> None:
        """Delete a message for everyone."""
        del self.stored[message_id]
        self.fresh.pop(message_id, None)
        self.bell.ring()
