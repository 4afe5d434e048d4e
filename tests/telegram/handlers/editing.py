"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup and deleteMessage."""

import time
from collections.abc import Mapping

from tests.telegram.chat import FakeChat
from tests.telegram.errors import bad_request, malformed, stricter
from tests.telegram.handlers.kind import Handler, named_chat
from tests.telegram.keyboards import check_markup
from tests.telegram.messages import StoredMessage
from tests.telegram.params import Params
from tests.telegram.payload import Json, JsonObject, as_str
from tests.telegram.standing import check_may_post
from tests.telegram.textual import check_link_preview, read_caption, read_message_text
from tests.telegram.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


async def edit_message_text(world: World, params: Params) -> Json:
    """Replace text and keyboard; a keyboard that is not given again is gone."""
    source = params.string("text")
    content = read_message_text(source, params.string("parse_mode"), params.array("entities"))
    preview = params.object("link_preview_options")
    check_link_preview(preview)
    message, chat, markup = _edited(world, params)
    if message.file is not None:
        raise bad_request("there is no text in the message to edit")
    same_preview = preview is None or preview == message.json.get("link_preview_options")
    if content == message.content and same_preview and _same_markup(message, markup):
        raise bad_request(NOT_MODIFIED)
    message.show_text(content, source)
    if preview is not None:
        message.json["link_preview_options"] = preview
    return _finish(world, message, chat, markup)


async def edit_message_caption(world: World, params: Params) -> Json:
    """Replace the caption of a picture or a file, and the keyboard."""
    source = params.string("caption")
    content = read_caption(source, params.string("parse_mode"), params.array("caption_entities"))
    message, chat, markup = _edited(world, params)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    if content == message.content and _same_markup(message, markup):
        raise bad_request(NOT_MODIFIED)
    message.show_text(content, source)
    return _finish(world, message, chat, markup)


async def edit_message_media(world: World, params: Params) -> Json:
    """Put a new picture, its caption and keyboard in the place of a picture, a document or a text."""
    media = params.object("media") or {}
    source, mode = as_str(media.get("caption", "")), as_str(media.get("parse_mode", ""))
    content = read_caption(source, mode, None)
    upload = params.attached.get(as_str(media.get("media", "")).removeprefix("attach://"))
    if media.get("type") != "photo" or upload is None:
        raise stricter("only an uploaded photo can take the place of another here")
    message, chat, markup = _edited(world, params)
    same = message.file is not None and message.file.content == upload.content and content == message.content
    if same and _same_markup(message, markup):
        raise bad_request(NOT_MODIFIED)
    file = world.files.add("photo", upload.content)
    for old in (message.file.kind,) if message.file else ("text", "entities", "link_preview_options"):
        message.json.pop(old, None)
    message.file = file
    message.json[file.kind] = file.as_field()
    message.show_text(content, source)
    return _finish(world, message, chat, markup)


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    """Replace the keyboard, or take it away."""
    message, chat, markup = _edited(world, params)
    if _same_markup(message, markup):
        raise bad_request(NOT_MODIFIED)
    return _finish(world, message, chat, markup)


async def delete_message(world: World, params: Params) -> Json:
    """Delete a message: the bot's own, or any in a private chat."""
    chat = named_chat(world, params)
    message = chat.message(params.integer("message_id"), purpose="delete")
    check_may_post(chat)
    if not message.from_bot and not chat.is_private:
        raise bad_request("message can't be deleted")
    chat.remove(message.message_id)
    return True


def _edited(world: World, params: Params) -> tuple[StoredMessage, FakeChat | None, JsonObject | None]:
    """Return the message to edit, its chat (None for an inline message) and its new markup, all checked."""
    markup = params.object("reply_markup")
    check_markup(markup, inline_only=True)
    if "inline_message_id" in params:
        if "chat_id" in params or "message_id" in params:
            raise stricter("an edit names a message in a chat or an inline message, not both")
        return world.inline.find(params.string("inline_message_id")), None, markup
    if "message_id" not in params:
        raise malformed("message identifier is not specified")
    if "chat_id" not in params:
        raise malformed("chat_id is empty")
    chat = named_chat(world, params)
    check_may_post(chat)
    message = chat.message(params.integer("message_id"), purpose="edit")
    if not message.from_bot or (message.markup and "inline_keyboard" not in message.markup):
        # Telegram lets a bot edit its own messages, and none that carries another kind of keyboard.
        raise bad_request("message can't be edited")
    return message, chat, markup


def _same_markup(message: StoredMessage, markup: JsonObject | None) -> bool:
    return message.inline_keyboard == (markup or {}).get("inline_keyboard", [])


def _finish(world: World, message: StoredMessage, chat: FakeChat | None, markup: JsonObject | None) -> Json:
    message.show_markup(markup)
    message.json["edit_date"] = int(time.time())
    message.edits += 1
    (chat.bell if chat else world.inline.bell).ring()
    return message.json if chat else True


HANDLERS: Mapping[str, Handler] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
}
