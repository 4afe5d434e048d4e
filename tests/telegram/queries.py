"""Callback and inline queries: each may be answered once."""

import itertools
from dataclasses import dataclass

from tests.telegram.errors import bad_request
from tests.telegram.payload import JsonObject, as_int, as_object


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """How the bot answered a press: a notice over the chat, or a window to close where `show_alert` is set."""

    query_id: str
    data: str | None
    text: str
    show_alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """How the bot answered an inline query, and whose query it was. `cache_time` is in seconds, 300 if not given."""

    query_id: str
    results: tuple[JsonObject, ...]
    next_offset: str
    query: str = ""
    person_id: int = 0
    cache_time: int = 300
    is_personal: bool = False
    button: JsonObject | None = None

    def result(self, result_id: str) -> JsonObject:
        """Return the result of that id. Raises AssertionError, telling which there are, where there is none."""
        by_id = {str(result["id"]): result for result in self.results}
        assert result_id in by_id, f"no result {result_id!r} to choose; there are: {', '.join(by_id) or 'none'}"
        return by_id[result_id]


def asker(query: JsonObject) -> int:
    """Return the id of the person who asked."""
    return as_int(as_object(query["from"])["id"])


class OpenQueries:
    """The ids that may still be answered."""

    def __init__(self) -> None:
        self._open: dict[str, JsonObject] = {}
        self._ids = itertools.count(4_400_000_000_000_001)

    def new_id(self) -> str:
        """Return an id no query had before."""
        return str(next(self._ids))

    def register(self, update: JsonObject) -> None:
        """Make the query in an update, if there is one, answerable."""
        for kind in ("callback_query", "inline_query"):
            query = update.get(kind)
            if isinstance(query, dict) and isinstance(query.get("id"), str):
                self._open[f"{kind}:{query['id']}"] = query

    def close(self, kind: str, query_id: str) -> JsonObject:
        """Return the query and take no further answer to it. Raises ApiError where it is unknown or answered."""
        query = self._open.pop(f"{kind}:{query_id}", None)
        if query is None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return as_object(query)
