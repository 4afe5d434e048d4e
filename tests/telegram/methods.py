"""The methods this server supports and their parameters, written by hand so that the tests need no other file.

Lengths of texts and captions are absent here: they count after the entities are parsed (textual.py).
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class Kind(enum.Flag):
    """A JSON type a parameter may have."""

    INTEGER = enum.auto()
    STRING = enum.auto()
    BOOLEAN = enum.auto()
    OBJECT = enum.auto()
    ARRAY = enum.auto()
    FILE = enum.auto()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. Lengths count code points, `least` and `most` bound a number."""

    name: str
    kinds: Kind
    required: bool = False
    shortest: int | None = None
    longest: int | None = None
    least: int | None = None
    most: int | None = None
    values: tuple[str, ...] = ()


def _integer(name: str, *, required: bool = False, least: int | None = None, most: int | None = None) -> Parameter:
    return Parameter(name, Kind.INTEGER, required, least=least, most=most)


def _string(
    name: str, *, required: bool = False, length: tuple[int, int] = (-1, -1), values: tuple[str, ...] = ()
) -> Parameter:
    shortest, longest = (None, None) if length == (-1, -1) else length
    return Parameter(name, Kind.STRING, required, shortest=shortest, longest=longest, values=values)


def _boolean(name: str) -> Parameter:
    return Parameter(name, Kind.BOOLEAN)


def _object(name: str) -> Parameter:
    return Parameter(name, Kind.OBJECT)


def _array(name: str, *, required: bool = False) -> Parameter:
    return Parameter(name, Kind.ARRAY, required)


_CHAT = Parameter("chat_id", Kind.INTEGER | Kind.STRING, required=True)
_MESSAGE = _integer("message_id", required=True)
_THREAD = _integer("message_thread_id")
_PARSE_MODE = _string("parse_mode", values=("HTML", "MarkdownV2", "Markdown"))
_LANGUAGE = _string("language_code")
_MARKUP = _object("reply_markup")
_PREVIEW = _object("link_preview_options")
_SENDING = (
    _boolean("disable_notification"),
    _boolean("protect_content"),
    _boolean("allow_paid_broadcast"),
    _string("message_effect_id"),
    _object("reply_parameters"),
    _MARKUP,
)
# An edit names a message in a chat, or an inline message; handlers/editing.py checks that it is one of them.
_EDITED = (
    Parameter("chat_id", Kind.INTEGER | Kind.STRING),
    _integer("message_id"),
    _string("inline_message_id"),
)
_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)

METHODS: Mapping[str, tuple[Parameter, ...]] = {
    "getMe": (),
    "getUpdates": (
        _integer("offset"),
        _integer("limit", least=1, most=100),
        _integer("timeout"),
        _array("allowed_updates"),
    ),
    "setWebhook": (
        _string("url", required=True),
        Parameter("certificate", Kind.FILE),
        _string("ip_address"),
        _integer("max_connections", least=1, most=100),
        _array("allowed_updates"),
        _boolean("drop_pending_updates"),
        _string("secret_token", length=(1, 256)),
    ),
    "deleteWebhook": (_boolean("drop_pending_updates"),),
    "getWebhookInfo": (),
    "sendMessage": (
        _CHAT,
        _THREAD,
        _string("text", required=True),
        _PARSE_MODE,
        _array("entities"),
        _PREVIEW,
        *_SENDING,
    ),
    "sendPhoto": (
        _CHAT,
        _THREAD,
        Parameter("photo", Kind.FILE | Kind.STRING, required=True),
        _string("caption"),
        _PARSE_MODE,
        _array("caption_entities"),
        _boolean("show_caption_above_media"),
        _boolean("has_spoiler"),
        *_SENDING,
    ),
    "sendDocument": (
        _CHAT,
        _THREAD,
        Parameter("document", Kind.FILE | Kind.STRING, required=True),
        Parameter("thumbnail", Kind.FILE),
        _string("caption"),
        _PARSE_MODE,
        _array("caption_entities"),
        _boolean("disable_content_type_detection"),
        *_SENDING,
    ),
    "getFile": (_string("file_id", required=True),),
    "editMessageText": (*_EDITED, _string("text", required=True), _PARSE_MODE, _array("entities"), _PREVIEW, _MARKUP),
    "editMessageCaption": (*_EDITED, _string("caption"), _PARSE_MODE, _array("caption_entities"), _MARKUP),
    "editMessageReplyMarkup": (*_EDITED, _MARKUP),
    "deleteMessage": (_CHAT, _MESSAGE),
    "sendChatAction": (_CHAT, _THREAD, _string("action", required=True, values=_ACTIONS)),
    "answerCallbackQuery": (
        _string("callback_query_id", required=True),
        _string("text", length=(0, 200)),
        _boolean("show_alert"),
        _string("url"),
        _integer("cache_time"),
    ),
    "answerInlineQuery": (
        _string("inline_query_id", required=True),
        _array("results", required=True),
        _integer("cache_time"),
        _boolean("is_personal"),
        _string("next_offset"),
        _object("button"),
    ),
    "setMyCommands": (_array("commands", required=True), _object("scope"), _LANGUAGE),
    "getMyCommands": (_object("scope"), _LANGUAGE),
    "deleteMyCommands": (_object("scope"), _LANGUAGE),
    "setMyName": (_string("name", length=(0, 64)), _LANGUAGE),
    "setMyDescription": (_string("description", length=(0, 512)), _LANGUAGE),
    "setMyShortDescription": (_string("short_description", length=(0, 120)), _LANGUAGE),
    "getChat": (_CHAT,),
    "getChatMember": (_CHAT, _integer("user_id", required=True)),
    "getChatAdministrators": (_CHAT, _boolean("return_bots")),
    "leaveChat": (_CHAT,),
}

# Parameters that Telegram knows and this server refuses, for it does not model what they speak of.
LEFT_OUT = frozenset(
    {
        "business_connection_id",
        "direct_messages_topic_id",
        "ephemeral_message_parameters",
        "rich_message",
        "suggested_post_parameters",
    }
)
