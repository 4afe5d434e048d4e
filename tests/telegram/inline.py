"""Inline mode: the messages that people sent through the bot, in chats which it is not in and knows nothing of."""

import itertools

from tests.telegram.bell import Bell
from tests.telegram.errors import bad_request
from tests.telegram.messages import BotMessage, StoredMessage
from tests.telegram.payload import JsonObject, as_list, as_object, as_str
from tests.telegram.textual import read_message_text


class InlineMessages:
    """Messages by their inline_message_id. They have no chat, so BotMessage.chat_id is 0 for them."""

    def __init__(self, beyond: Bell) -> None:
        self.bell = Bell(beyond)
        self._stored: dict[str, StoredMessage] = {}
        self._numbers = itertools.count(1)

    def add(self, result: JsonObject) -> str:
        """Keep the message that a chosen result sends, and return its id."""
        content = as_object(result["input_message_content"])
        source = as_str(content["message_text"])
        entities = as_list(content["entities"]) if "entities" in content else None
        shown = read_message_text(source, as_str(content.get("parse_mode", "")), entities)
        number = next(self._numbers)
        message = StoredMessage(number, {}, from_bot=True, content=shown)
        message.show_text(shown, source)
        message.show_markup(as_object(result["reply_markup"]) if result.get("reply_markup") else None)
        inline_id = f"AgAAAInline{number:06d}"
        self._stored[inline_id] = message
        return inline_id

    def find(self, inline_id: str) -> StoredMessage:
        """Return a message. Raises ApiError where there is none."""
        if inline_id not in self._stored:
            raise bad_request("MESSAGE_ID_INVALID")
        return self._stored[inline_id]

    def seen(self, inline_id: str) -> BotMessage:
        """Return the message as people see it now."""
        return self._known(inline_id).as_seen(0)

    async def wait_for_edit(self, inline_id: str, timeout: float) -> BotMessage:
        """Return the message once it has an edit not returned before. Raises AssertionError when time is up."""
        stored = self._known(inline_id)
        if not await self.bell.until(lambda: stored.edits > stored.seen_edits, timeout):
            raise AssertionError(f"no edit of {inline_id} within {timeout} s; it says {stored.content.text!r}")
        stored.seen_edits = stored.edits
        return stored.as_seen(0)

    def _known(self, inline_id: str) -> StoredMessage:
        assert inline_id in self._stored, f"there is no inline message {inline_id}"
        return self._stored[inline_id]
