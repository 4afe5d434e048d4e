"""Spelling: a word that nothing knows is read as the known word that it is a slip or two away from."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

_SHORTEST: Final = 5  # shorter words are a letter away from too many others: Iran, Iraq
_LONG: Final = 8  # from here on two slips are forgiven: Selenskij, infrastrukture
_LONGEST: Final = 40  # no word that people type is longer; it keeps the comparison quick


class Spelling:
    """The words that a misspelt one can mean."""

    def __init__(self, known: Iterable[str]) -> None:
        """Take the known words; the shorter ones are never what a slip is read as."""
        self._likely: Final = sorted(word for word in known if _SHORTEST <= len(word) <= _LONGEST)

    def mended(self, word: str) -> str:
        """Return the known word that an unknown one means, the word itself where it is like none."""
        # A word of four letters can only be a longer one that lost a letter.
        if not _SHORTEST - 1 <= len(word) <= _LONGEST or not word.isalpha():
            return word
        slips = 1 if len(word) < _LONG else 2
        found = extractOne(word, self._likely, scorer=OSA.distance, score_cutoff=slips)
        return found[0] if found else word
