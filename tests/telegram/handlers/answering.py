"""answerCallbackQuery and answerInlineQuery."""

from collections.abc import Mapping

from tests.telegram.errors import malformed, stricter
from tests.telegram.handlers.kind import Handler
from tests.telegram.inline_results import check_button, check_next_offset, checked_results
from tests.telegram.params import Params
from tests.telegram.payload import Json, as_str
from tests.telegram.queries import CallbackAnswer, InlineAnswer, asker
from tests.telegram.world import World

CACHE_SECONDS = 300


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
    results = checked_results(params.array("results") or [])
    next_offset, button = params.string("next_offset"), params.object("button")
    check_next_offset(next_offset)
    check_button(button)
    cache_time = params.integer("cache_time")
    if cache_time is not None and cache_time < 0:
        raise stricter("cache_time must not be negative")
    query_id = params.string("inline_query_id")
    query = world.queries.close("inline_query", query_id)
    answer = InlineAnswer(
        query_id,
        results,
        next_offset,
        query=as_str(query.get("query", "")),
        person_id=asker(query),
        cache_time=CACHE_SECONDS if cache_time is None else cache_time,
        is_personal=params.flag("is_personal"),
        button=button,
    )
    world.inline_answers.append(answer)
    world.bell.ring()
    return True


HANDLERS: Mapping[str, Handler] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
