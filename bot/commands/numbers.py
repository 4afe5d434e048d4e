"""Numbers as people and buttons write them."""

from typing import Final

_DIGITS: Final = 16  # fewer fit the database's numbers


def whole(word: str) -> int:
    """Return the number that the word writes; 0 where it writes none that a record or a broadcast can have."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < _DIGITS else 0
