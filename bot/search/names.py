"""Names: every way a party is called, read as one term, so that "the Kremlin" finds what is told of Russia."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from bot.search.english import STOPWORDS
from bot.search.words import term, words

_MARK: Final = "@"  # no word holds it, so that a name's term is never mistaken for one


def is_name(entry: str) -> bool:
    """Return whether the term stands for a party."""
    return entry.startswith(_MARK)


class Names:
    """The parties' names. In what order the words of one stand does not matter."""

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
        # Only those can be in a text of which one word is; a name's mark may still come of folding, so no mark counts.
        self._of_word: Final[defaultdict[str, list[int]]] = defaultdict(list)
        for place, (phrase, _) in enumerate(self._phrases):
            self._of_word[min((part for part in phrase if not is_name(part)), default="")].append(place)

        self._anywhere: Final = frozenset(self._of_word) | (
            {mark for _, mark in told} if "" in self._of_word else set()
        )

    @property
    def any(self) -> bool:
        """Return whether there are any parties."""
        return bool(self.words)

    def is_one(self, word: str) -> bool:
        """Return whether the word is of a party's name."""
        return word in self.words

    def fold(self, terms: Iterable[str]) -> frozenset[str]:
        """Return the terms with those that make up a name replaced by the name's."""
        rest = set(self._by_word(terms))
        if self._anywhere.isdisjoint(rest):
            return frozenset(rest)
        for place in sorted(place for entry in ("", *rest) for place in self._of_word.get(entry, ())):
            phrase, mark = self._phrases[place]
            if phrase <= rest:
                rest = (rest - phrase) | {mark}
        return frozenset(rest)

    def order(self, terms: Iterable[str]) -> tuple[str, ...]:
        """Return the terms in their order, with the name's in place of each that is a name by itself."""
        if not self._single:
            return tuple(terms)
        return tuple(self._single.get(entry, entry) for entry in terms)

    def _by_word(self, terms: Iterable[str]) -> frozenset[str]:
        if not self._single:
            return frozenset(terms)
        return frozenset(self._single.get(entry, entry) for entry in terms)
