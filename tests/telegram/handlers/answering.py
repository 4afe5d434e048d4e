"""answerCallbackQuery and answerInlineQuery."""

from collections.abc import Mapping

from tests.telegram.errors import malformed, stricter
from tests.telegram.handlers.kind import Handler
from tests.telegram.keyboards import check_markup
from tests.telegram.params import Params
from tests.telegram.payload import Json, JsonObject, as_object, as_str
from tests.telegram.queries import CallbackAnswer, InlineAnswer
from tests.telegram.textual import check_link_preview, read_message_text
from tests.telegram.world import World

RESULTS_LIMIT = 50
ID_BYTES = 64
_ARTICLE_FIELDS = {
    "type",
    "id",
    "title",
    "input_message_content",
    "reply_markup",
    "url",
    "description",
    "thumbnail_url",
    "thumbnail_width",
    "thumbnail_height",
}
_CONTENT_FIELDS = {"message_text", "parse_mode", "entities", "link_preview_options"}


async def answer_callback_query(world: World, params: Params) -> Json:
    """Answer a press of a button, once."""
    url = params.string("url")
    if url and not url.startswith((f"https://t.me/{world.bot['username']}?", f"t.me/{world.bot['username']}?")):
        raise malformed("URL_INVALID")
    query_id = params.string("callback_query_id")
    query = world.queries.close("callback_query", query_id)
    data = query.get("data")
    answer = CallbackAnswer(
        query_id, data if isinstance(data, str) else None, params.string("text"), params.flag("show_alert"), url
    )
    world.answered_callbacks.append(answer)
    world.bell.ring()
    return True


async def answer_inline_query(world: World, params: Params) -> Json:
    """Answer an inline query, once, with articles."""
    results = [_checked_result(as_object(result)) for result in params.array("results") or []]
    if len(results) > RESULTS_LIMIT:
        raise malformed("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) != len(ids):
        raise malformed("RESULT_ID_DUPLICATE")
    next_offset = params.string("next_offset")
    if len(next_offset.encode()) > ID_BYTES:
        raise malformed("NEXT_OFFSET_INVALID")
    query_id = params.string("inline_query_id")
    world.queries.close("inline_query", query_id)
    world.inline_answers.append(InlineAnswer(query_id, tuple(results), next_offset))
    world.bell.ring()
    return True


def _checked_result(result: JsonObject) -> JsonObject:
    if result.get("type") != "article":
        raise stricter(f"inline result type {result.get('type')} is not supported by this server")
    if unknown := set(result) - _ARTICLE_FIELDS:
        raise stricter(f"unknown field {min(unknown)} in an inline result")
    result_id = result.get("id")
    if not isinstance(result_id, str) or not 1 <= len(result_id.encode()) <= ID_BYTES:
        raise malformed("RESULT_ID_INVALID")
    title = result.get("title")
    if not isinstance(title, str) or not title.strip():
        raise malformed("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise malformed("input message content is not specified")
    _check_content(content)
    markup = result.get("reply_markup")
    check_markup(as_object(markup) if markup is not None else None, inline_only=True)
    return result


def _check_content(content: JsonObject) -> None:
    if unknown := set(content) - _CONTENT_FIELDS:
        raise stricter(f"unknown field {min(unknown)} in input_message_content")
    entities = content.get("entities")
    mode = as_str(content.get("parse_mode", ""))
    read_message_text(as_str(content.get("message_text", "")), mode, entities if isinstance(entities, list) else None)
    preview = content.get("link_preview_options")
    check_link_preview(preview if isinstance(preview, dict) else None)


HANDLERS: Mapping[str, Handler] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
