"""What readers find in a set of records, as the gate asks it: by words alone, before and after a change.

By meaning every text of the catalogue would need its embedding, and whoever publishes would wait for that.
"""

from collections.abc import Callable, Iterable
from typing import Final

from bot.catalogue.findable import corpus
from bot.domain.findability import Found
from bot.domain.record import Record
from bot.search.finding import Finding, Outcome
from bot.search.index import Index

Find = Callable[[str, str | None], Finding]


class SearchFindability:
    """The gate's question put to a search."""

    def __init__(self, find: Find) -> None:
        """Ask `find`, an index's."""
        self._find: Final = find

    def find(self, words: str, process: str) -> Found:
        """Return what the words find, asked in a chat that follows the process."""
        finding = self._find(words, process)
        keys = tuple((hit.kind, hit.slug) for hit in finding.hits)
        return Found(keys[0] if finding.outcome is Outcome.ANSWER else None, keys)


def findability_of(records: Iterable[Record]) -> SearchFindability:
    """Return what readers would find if these records were published. Off the event loop: it makes an index."""
    return SearchFindability(Index(corpus(records)).find)
