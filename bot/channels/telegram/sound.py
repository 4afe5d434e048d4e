"""Soundness: python-telegram-bot reads an update without looking at its types; what we use of it is checked here."""

import json
import re
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

# Half a character, which no message can carry back. Telegram sends none; what stands between us and it might.
_HALVES: Final = re.compile("[\ud800-\udfff]")
_Number = Annotated[int, Field(ge=-(2**63), lt=2**63)]  # what a database can hold


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


class _User(_Part):
    id: _Number
    first_name: str
    language_code: str | None = None


class _Chat(_Part):
    id: _Number
    type: str
    title: str | None = None


class _Document(_Part):
    file_id: str
    file_name: str | None = None
    file_size: int | None = None


class _Message(_Part):
    message_id: _Number
    chat: _Chat
    from_: _User | None = Field(None, alias="from")
    sender_chat: _Chat | None = None
    text: str | None = None
    caption: str | None = None
    message_thread_id: _Number | None = None
    is_topic_message: bool | None = None
    migrate_to_chat_id: _Number | None = None
    document: _Document | None = None
    reply_to_message: "_Message | None" = None


class _Asked(_Part):
    id: str
    from_: _User = Field(alias="from")


class _Pressed(_Asked):
    message: _Message | None = None
    data: str | None = None


class _Typed(_Asked):
    query: str
    offset: str


class _Chosen(_Part):
    result_id: str
    from_: _User = Field(alias="from")
    inline_message_id: str | None = None


class _Status(_Part):
    status: str


class _Changed(_Part):
    chat: _Chat
    new_chat_member: _Status


class _Update(_Part):
    message: _Message | None = None
    callback_query: _Pressed | None = None
    inline_query: _Typed | None = None
    chosen_inline_result: _Chosen | None = None
    my_chat_member: _Changed | None = None


def sound(body: str) -> dict[str, Any]:
    """Return what we handle of the update that the JSON holds; raises ValueError where its types are wrong."""
    raw: dict[str, Any] = json.loads(body)
    if "\\ud" in body.lower():
        raw = json.loads(_HALVES.sub("\ufffd", json.dumps(raw, ensure_ascii=False)))
    _Update.model_validate(raw)
    return {name: value for name, value in raw.items() if name == "update_id" or name in _Update.model_fields}
