"""A text with entities, from whatever form the bot sent it in: cleaned, parsed, trimmed, and held to its limits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.telegram.errors import ApiError, bad_request, malformed, stricter
from tests.telegram.links import checked_link
from tests.telegram.markup import Entity, parse_html, utf16_length
from tests.telegram.payload import Json, JsonObject, PayloadError, as_int, as_object, as_str

MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100

_SPAN_TYPES = {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code"}
_AUTOMATIC_TYPES = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_ENTITY_FIELDS = {"type", "offset", "length", "url", "language", "custom_emoji_id", "user"}
# Control characters become spaces, carriage returns and direction or line separators vanish, before anything else.
_CLEANED = {code: " " for code in range(32) if chr(code) not in "\n\r"} | dict.fromkeys((13, *range(0x2028, 0x202F)))
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


@dataclass(frozen=True, slots=True)
class Formatted:
    """What a reader sees: the visible text and the spans in it."""

    text: str
    entities: tuple[Entity, ...] = ()

    def entities_json(self) -> list[Json]:
        """Return the entities as the Bot API gives them."""
        return [entity_json(entity) for entity in self.entities]


def read_text(source: str, parse_mode: str, entities: Sequence[Json] | None) -> Formatted:
    """Return the text as readers will see it. Raises ApiError for markup that does not parse, or too many entities."""
    source = source.translate(_CLEANED)
    if parse_mode == "HTML":
        text, spans = parse_html(source)
    elif parse_mode:
        raise stricter(f"parse_mode {parse_mode} is not supported by this server")
    else:
        text, spans = source, [_read_entity(as_object(item), source) for item in entities or ()]
    if len(spans) > ENTITY_LIMIT:
        raise stricter(f"too many entities: {len(spans)}, at most {ENTITY_LIMIT}")
    return _trimmed(text, spans)


def read_message_text(source: str, parse_mode: str, entities: Sequence[Json] | None) -> Formatted:
    """Return a message's text: never empty, at most 4096 characters."""
    formatted = read_text(source, parse_mode, entities)
    if not formatted.text.strip(_INVISIBLE + " \n"):
        raise malformed("message text is empty")
    if len(formatted.text) > MESSAGE_LIMIT:
        raise malformed("message is too long")
    return formatted


def read_caption(source: str, parse_mode: str, entities: Sequence[Json] | None) -> Formatted:
    """Return a caption: it may be empty, and has at most 1024 characters."""
    formatted = read_text(source, parse_mode, entities)
    if len(formatted.text) > CAPTION_LIMIT:
        raise malformed("message caption is too long")
    return formatted


def check_link_preview(options: JsonObject | None) -> None:
    """Raise ApiError for options that contradict each other, or that Telegram does not know."""
    if options is None:
        return
    flags = {"is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"}
    for name, value in options.items():
        if name not in flags | {"url"}:
            raise stricter(f"unknown field {name} in link_preview_options")
        if not isinstance(value, bool if name in flags else str):
            raise stricter(f"wrong type of {name} in link_preview_options")
    if options.get("prefer_small_media") and options.get("prefer_large_media"):
        raise stricter("link_preview_options cannot prefer both small and large media")
    if "url" in options and not checked_link(as_str(options["url"])):
        raise bad_request("invalid link preview URL specified")


def entity_json(entity: Entity) -> JsonObject:
    """Return the entity as the Bot API gives it."""
    item: JsonObject = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    for name in ("url", "language", "custom_emoji_id"):
        value = getattr(entity, name)
        if value is not None:
            item[name] = value
    if entity.user_id is not None:
        item["user"] = {"id": entity.user_id, "is_bot": False, "first_name": str(entity.user_id)}
    return item


def _read_entity(item: JsonObject, text: str) -> Entity:
    if unknown := set(item) - _ENTITY_FIELDS:
        raise stricter(f"unknown field {min(unknown)} in a message entity")
    try:
        entity = Entity(as_str(item.get("type")), as_int(item.get("offset")), as_int(item.get("length")))
    except PayloadError as error:
        raise _cannot_entity(str(error)) from None
    if entity.offset < 0 or entity.length < 1 or entity.offset + entity.length > utf16_length(text):
        raise stricter(f"entity {entity.type} lies outside of the text")
    return _with_argument(entity, item)


def _with_argument(entity: Entity, item: JsonObject) -> Entity:
    if entity.type in _SPAN_TYPES | _AUTOMATIC_TYPES:
        return entity
    try:
        if entity.type == "pre":
            return replace(entity, language=as_str(item.get("language", "")) or None)
        if entity.type == "text_link":
            return replace(entity, url=checked_link(as_str(item.get("url"))))
        if entity.type == "custom_emoji":
            return replace(entity, custom_emoji_id=as_str(item.get("custom_emoji_id")))
        if entity.type == "text_mention":
            return replace(entity, user_id=as_int(as_object(item.get("user")).get("id")))
    except PayloadError as error:
        raise _cannot_entity(str(error)) from None
    raise malformed(f'can\'t parse MessageEntity: Unsupported type "{entity.type}" specified')


def _cannot_entity(reason: str) -> ApiError:
    return malformed(f"can't parse MessageEntity: {reason}")


def _trimmed(text: str, spans: list[Entity]) -> Formatted:
    """Trailing space goes, and leading space up to the first entity; the entities follow the text."""
    text = text.rstrip(" \n")
    first = min((span.offset for span in spans), default=len(text))
    leading = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[leading:]
    end = utf16_length(text)
    kept = []
    for span in spans:
        offset = span.offset - leading
        length = min(span.offset + span.length - leading, end) - offset
        if length > 0 and not (span.type == "text_link" and not span.url):
            kept.append(replace(span, offset=offset, length=length))
    return Formatted(text, tuple(kept))
