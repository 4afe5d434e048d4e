"""Called: every way a party is called, written as its own name, so that its texts and a question mean the same."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.search.words import words


class Called:
    """The names of all parties; the longest that fits is the one that is meant."""

    def __init__(self, parties: Iterable[tuple[str, ...]]) -> None:
        """Take every party's names, its own first; a name that two parties share is the first one's."""
        self._names: Final[dict[tuple[str, ...], list[str]]] = {}
        for names in parties:
            for name in names:
                self._names.setdefault(tuple(words(name)), words(names[0]))
        self._names.pop((), None)
        self._longest: Final = max(map(len, self._names), default=0)
        self._parts: Final = frozenset(word for name in self._names for word in name)
        self._begin: Final = frozenset(name[0] for name in self._names)

    def mended(self, typed: Sequence[str], mended: Sequence[str]) -> tuple[str, ...]:
        """Return the words as typed, but for those that are a name once they are mended."""
        return tuple(after if after in self._parts else before for before, after in zip(typed, mended, strict=True))

    def rewritten(self, spelt: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words with each party's names replaced by its own."""
        if self._begin.isdisjoint(spelt):
            return spelt
        result: list[str] = []
        place = 0
        while place < len(spelt):
            name = self._at(spelt, place)
            result += self._names[name] if name else [spelt[place]]
            place += len(name) or 1
        return tuple(result)

    def _at(self, spelt: tuple[str, ...], place: int) -> tuple[str, ...]:
        if spelt[place] not in self._begin:
            return ()
        fitting = (spelt[place : place + long] for long in range(self._longest, 0, -1))
        return next((name for name in fitting if name in self._names), ())
