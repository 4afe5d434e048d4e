"""sendMessage, sendPhoto, sendDocument and sendChatAction."""

from collections.abc import Mapping

from tests.telegram.chat import FakeChat
from tests.telegram.errors import bad_request, malformed, stricter
from tests.telegram.files import FileKind, StoredFile
from tests.telegram.handlers.kind import Handler, named_chat
from tests.telegram.keyboards import check_markup
from tests.telegram.links import checked_link
from tests.telegram.messages import StoredMessage
from tests.telegram.params import Params
from tests.telegram.payload import Json, JsonObject, Upload
from tests.telegram.standing import check_may_post
from tests.telegram.textual import Formatted, check_link_preview, read_caption, read_message_text
from tests.telegram.world import World

QUOTE_LIMIT = 1024
_REPLY_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "message_id": int,
    "chat_id": (int, str),
    "allow_sending_without_reply": bool,
    "quote": str,
    "quote_parse_mode": str,
    "quote_entities": list,
    "quote_position": int,
}


async def send_message(world: World, params: Params) -> Json:
    """Send a text."""
    content = read_message_text(params.string("text"), params.string("parse_mode"), params.array("entities"))
    check_link_preview(params.object("link_preview_options"))
    message = _deliver(world, params, content, params.string("text"), None)
    if preview := params.object("link_preview_options"):
        message.json["link_preview_options"] = preview
    return message.json


async def send_photo(world: World, params: Params) -> Json:
    """Send a picture: an upload, one sent before by its file_id, or a link to one."""
    entities = params.array("caption_entities")
    content = read_caption(params.string("caption"), params.string("parse_mode"), entities)
    return _deliver(world, params, content, params.string("caption"), _file(world, params, "photo")).json


async def send_document(world: World, params: Params) -> Json:
    """Send a file of any kind: an upload, one sent before by its file_id, or a link to one."""
    entities = params.array("caption_entities")
    content = read_caption(params.string("caption"), params.string("parse_mode"), entities)
    return _deliver(world, params, content, params.string("caption"), _file(world, params, "document")).json


async def send_chat_action(world: World, params: Params) -> Json:
    """Show "typing…"; nothing of it stays."""
    _check_thread(named_chat(world, params), params.integer("message_thread_id"))
    return True


def _deliver(world: World, params: Params, content: Formatted, source: str, file: StoredFile | None) -> StoredMessage:
    """Put the bot's message into its chat and wake whoever waits for it."""
    markup = params.object("reply_markup")
    check_markup(markup)
    reply = params.object("reply_parameters")
    _check_reply(reply)
    chat = named_chat(world, params)
    check_may_post(chat)
    thread_id = params.integer("message_thread_id")
    _check_thread(chat, thread_id)
    target = _reply_target(world, chat, reply)
    if thread_id is None and target is not None and target.message_id in chat.stored:
        thread_id = target.thread_id
    message = chat.store(world.bot, content, source, thread_id=thread_id, reply_to=target, file=file)
    message.show_markup(markup)
    if params.flag("protect_content"):
        message.json["has_protected_content"] = True
    chat.bell.ring()
    return message


def _check_thread(chat: FakeChat, thread_id: int | None) -> None:
    if thread_id is not None and thread_id not in chat.topics:
        raise bad_request("message thread not found")


def _check_reply(reply: JsonObject | None) -> None:
    if reply is None:
        return
    for name, value in reply.items():
        if name not in _REPLY_FIELDS:
            raise stricter(f"unknown field {name} in reply_parameters")
        if not isinstance(value, _REPLY_FIELDS[name]):
            raise malformed(f'can\'t parse ReplyParameters: wrong type of field "{name}"')
    if "message_id" not in reply:
        raise malformed("can't parse ReplyParameters: Can't find field \"message_id\"")


def _reply_target(world: World, chat: FakeChat, reply: JsonObject | None) -> StoredMessage | None:
    if reply is None:
        return None
    other, message_id = reply.get("chat_id"), reply["message_id"]
    source = world.chat(other) if isinstance(other, int | str) else chat
    target = source.stored.get(message_id) if isinstance(message_id, int) else None
    if target is None:
        if reply.get("allow_sending_without_reply") is True:
            return None
        raise bad_request("message to be replied not found")
    quote = reply.get("quote", "")
    if not isinstance(quote, str) or quote not in target.content.text or len(quote) > QUOTE_LIMIT:
        raise bad_request("QUOTE_TEXT_INVALID")
    return target


def _file(world: World, params: Params, kind: FileKind) -> StoredFile:
    given = params.values[kind]
    if isinstance(given, Upload):
        if not given.content:
            raise malformed("file must be non-empty")
        if kind == "photo":
            return world.files.add(kind, given.content)
        return world.files.add(kind, given.content, given.file_name, given.content_type)
    if isinstance(given, str) and (known := world.files.find(given, kind)):
        return known
    if isinstance(given, str) and given.startswith(("http://", "https://")):
        if not checked_link(given):
            raise bad_request("wrong HTTP URL specified")
        return world.files.add(kind, b"")  # Telegram would fetch it; this server fetches nothing
    raise bad_request("wrong remote file identifier specified: Wrong string length")


HANDLERS: Mapping[str, Handler] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
}
