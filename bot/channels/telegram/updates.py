"""Updates: what we use of them, read strictly; python-telegram-bot's own models look at no types."""

import json
import re
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from bot.channels.telegram.lanes import NOBODY, Lane

# Half a character, which no message can carry back. Telegram sends none; what stands between us and it might.
_HALVES: Final = re.compile("[\ud800-\udfff]")
_Number = Annotated[int, Field(ge=-(2**63), lt=2**63)]  # what a database can hold
# What a person sends, by the Bot API's names; whatever else a message holds is something that happened to the chat.
_SAID: Final = frozenset(
    {
        *(
            "animation",
            "audio",
            "checklist",
            "contact",
            "dice",
            "document",
            "game",
            "live_photo",
            "location",
            "paid_media",
        ),
        *("photo", "poll", "rich_message", "sticker", "story", "venue", "video", "video_note", "voice"),
    }
)
PRIVATE: Final = "private"


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", hide_input_in_errors=True)


class User(_Part):
    """Who wrote, pressed or typed."""

    id: _Number
    first_name: str
    is_bot: bool = False
    language_code: str | None = None


class Chat(_Part):
    """Where; a group's number is negative."""

    id: _Number
    type: str
    title: str | None = None


class Document(_Part):
    """A file that came along; its size in bytes."""

    file_id: str
    file_name: str | None = None
    file_size: int | None = None


class Message(_Part):
    """A message. What we have no field for is kept as `model_extra`, to tell what was said from what happened."""

    model_config = ConfigDict(extra="allow")

    message_id: _Number
    chat: Chat
    from_: User | None = Field(None, alias="from")
    sender_chat: Chat | None = None
    via_bot: User | None = None
    text: str | None = None
    caption: str | None = None
    message_thread_id: _Number | None = None
    is_topic_message: bool | None = None
    migrate_to_chat_id: _Number | None = None
    document: Document | None = None
    reply_to_message: "Message | None" = None
    forward_origin: dict[str, Any] | None = None  # whose words they were first

    @property
    def said(self) -> bool:
        """Return whether somebody said something, rather than something having happened to the chat."""
        extra: dict[str, Any] = self.model_extra or {}
        return self.text is not None or self.document is not None or not _SAID.isdisjoint(extra)

    @property
    def forwarded(self) -> bool:
        """Return whether it is somebody else's message, forwarded."""
        return "forward_origin" in (self.model_extra or {})

    @property
    def pictured(self) -> bool:
        """Return whether it is a picture or a file, with its words as a caption."""
        return self.document is not None or "photo" in (self.model_extra or {})

    @property
    def topic(self) -> int | None:
        """Return the topic of the group that it stands in."""
        return self.message_thread_id if self.is_topic_message else None


class _Asked(_Part):
    id: str
    from_: User = Field(alias="from")


class CallbackQuery(_Asked):
    """A button was pressed; `message` is the one that it stands under, without its words where that is old."""

    message: Message | None = None
    data: str | None = None


class InlineQuery(_Asked):
    """Somebody types our name in any chat."""

    query: str
    offset: str


class ChosenInlineResult(_Part):
    """Somebody has sent what inline mode offered."""

    result_id: str
    from_: User = Field(alias="from")
    inline_message_id: str | None = None


class _Member(_Part):
    status: str


class ChatMemberUpdated(_Part):
    """Our own standing in a chat has changed."""

    chat: Chat
    new_chat_member: _Member

    @property
    def out(self) -> bool:
        """Return whether we cannot write there any more: blocked, thrown out or gone."""
        return self.new_chat_member.status in {"kicked", "left"}


class Update(_Part):
    """One update; of the kinds that we handle at most one is there."""

    message: Message | None = None
    channel_post: Message | None = None
    callback_query: CallbackQuery | None = None
    inline_query: InlineQuery | None = None
    chosen_inline_result: ChosenInlineResult | None = None
    my_chat_member: ChatMemberUpdated | None = None

    @classmethod
    def read(cls, body: str) -> Self:
        """Return the update that the JSON holds; raises ValueError where its types are wrong."""
        if "\\ud" in body.lower():  # perhaps half a character, which the quick way refuses
            body = _HALVES.sub("\ufffd", json.dumps(json.loads(body), ensure_ascii=False))
        return cls.model_validate_json(body)

    @property
    def chat(self) -> Chat | None:
        """Return the chat that it comes from; inline mode names none."""
        pressed = self.callback_query.message if self.callback_query else None
        holder = self.message or self.channel_post or pressed or self.my_chat_member
        return holder.chat if holder else None

    @property
    def lane(self) -> Lane:
        """Return whose order it belongs to: a chat's, or where it has none its sender's.

        A private chat has its person's number, but a lane of its own: neither waits for what the other does.
        """
        if self.chat:
            return "chat", self.chat.id
        asked = self.callback_query or self.inline_query or self.chosen_inline_result
        return ("person", asked.from_.id) if asked else NOBODY
