"""Names: every way a party is called, read as one term, so that "the Kremlin" finds what is told of Russia."""

from collections.abc import Iterable
from typing import Final

from bot.search.english import STOPWORDS
from bot.search.words import term, words

_MARK: Final = "@"  # no word holds it, so that a name's term is never mistaken for one


def is_name(entry: str) -> bool:
    """Return whether the term stands for a party."""
    return entry.startswith(_MARK)


class Names:
    """The parties' names. Word order is ignored, like everywhere in the search."""

    def __init__(self, parties: Iterable[tuple[str, ...]]) -> None:
        """Read every party's names; a name that two parties share is the first one's."""
        spelt = [(words(name), f"{_MARK}{number}") for number, names in enumerate(parties) for name in names]
        self.words: Final = frozenset(word for parts, _ in spelt for word in parts if word not in STOPWORDS)
        told = [(tuple(term(word) for word in parts if word not in STOPWORDS), mark) for parts, mark in spelt]
        self._single: Final[dict[str, str]] = {}
        for parts, mark in told:
            if len(parts) == 1:
                self._single.setdefault(parts[0], mark)
        # "Ukrainian president" becomes {Ukraine, president}, so that "the president of Ukraine" is it as well.
        phrases: dict[frozenset[str], str] = {}
        for parts, mark in told:
            if len(parts) > 1:
                phrases.setdefault(self._by_word(parts), mark)
        longest_first = sorted(phrases.items(), key=lambda item: (-len(item[0]), sorted(item[0])))
        self._phrases: Final = tuple((parts, mark) for parts, mark in longest_first if parts != {mark})

    def fold(self, terms: Iterable[str]) -> frozenset[str]:
        """Return the terms with those that make up a name replaced by the name's."""
        rest = set(self._by_word(terms))
        for parts, mark in self._phrases:
            if parts <= rest:
                rest = (rest - parts) | {mark}
        return frozenset(rest)

    def _by_word(self, terms: Iterable[str]) -> frozenset[str]:
        return frozenset(self._single.get(entry, entry) for entry in terms)
