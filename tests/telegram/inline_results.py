"""The results of an inline query, checked as strictly as messages are: articles only."""

import re
from collections.abc import Mapping, Sequence

from tests.telegram.errors import malformed, stricter
from tests.telegram.keyboards import check_markup
from tests.telegram.links import checked_link
from tests.telegram.payload import Json, JsonObject, as_object, as_str
from tests.telegram.textual import check_link_preview, read_message_text

RESULTS_LIMIT = 50
ID_BYTES = 64

_ARTICLE_FIELDS: Mapping[str, type] = {
    "type": str,
    "id": str,
    "title": str,
    "input_message_content": dict,
    "reply_markup": dict,
    "url": str,
    "description": str,
    "thumbnail_url": str,
    "thumbnail_width": int,
    "thumbnail_height": int,
}
_CONTENT_FIELDS: Mapping[str, type] = {
    "message_text": str,
    "parse_mode": str,
    "entities": list,
    "link_preview_options": dict,
}
_BUTTON_FIELDS: Mapping[str, type] = {"text": str, "web_app": dict, "start_parameter": str}
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def checked_results(results: Sequence[Json]) -> tuple[JsonObject, ...]:
    """Return the results. Raises ApiError for one that Telegram would not show, and for too many."""
    if len(results) > RESULTS_LIMIT:
        raise malformed("RESULTS_TOO_MUCH")
    checked = tuple(_checked_result(as_object(result)) for result in results)
    ids = [result["id"] for result in checked]
    if len(set(ids)) != len(ids):
        raise malformed("RESULT_ID_DUPLICATE")
    return checked


def check_next_offset(offset: str) -> None:
    """Raise ApiError for an offset that is too long."""
    if len(offset.encode()) > ID_BYTES:
        raise malformed("NEXT_OFFSET_INVALID")


def check_button(button: JsonObject | None) -> None:
    """Raise ApiError unless the button above the results can be shown: a text, and one thing that it opens."""
    if button is None:
        return
    _check_fields(button, _BUTTON_FIELDS, "InlineQueryResultsButton")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise malformed("can't parse InlineQueryResultsButton: Can't find field \"text\"")
    if ("web_app" in button) == ("start_parameter" in button):
        raise stricter("a button above inline results opens either a web_app or a start_parameter")
    if not _START_PARAMETER.fullmatch(as_str(button.get("start_parameter", "x"))):
        raise malformed("START_PARAM_INVALID")


def _checked_result(result: JsonObject) -> JsonObject:
    if result.get("type") != "article":
        raise stricter(f"inline result type {result.get('type')} is not supported by this server")
    _check_fields(result, _ARTICLE_FIELDS, "an inline result")
    if not 1 <= len(as_str(result.get("id", "")).encode()) <= ID_BYTES:
        raise malformed("RESULT_ID_INVALID")
    if not as_str(result.get("title", "")).strip():
        raise malformed("ARTICLE_TITLE_EMPTY")
    if "input_message_content" not in result:
        raise malformed("input message content is not specified")
    _check_content(as_object(result["input_message_content"]))
    for name in ("url", "thumbnail_url"):
        if name in result and not checked_link(as_str(result[name])):
            raise malformed("WEB_DOCUMENT_URL_INVALID" if name == "thumbnail_url" else "ARTICLE_URL_INVALID")
    markup = result.get("reply_markup")
    check_markup(as_object(markup) if markup is not None else None, inline_only=True)
    return result


def _check_content(content: JsonObject) -> None:
    _check_fields(content, _CONTENT_FIELDS, "input_message_content")
    entities = content.get("entities")
    mode = as_str(content.get("parse_mode", ""))
    read_message_text(as_str(content.get("message_text", "")), mode, entities if isinstance(entities, list) else None)
    preview = content.get("link_preview_options")
    check_link_preview(preview if isinstance(preview, dict) else None)


def _check_fields(item: JsonObject, fields: Mapping[str, type], what: str) -> None:
    for name, value in item.items():
        if name not in fields:
            raise stricter(f"unknown field {name} in {what}")
        if not isinstance(value, fields[name]):
            raise stricter(f"{name} in {what} must be of type {fields[name].__name__}")
