"""Letter groups: the three to five letters in a row that texts share however a word in them is misspelt."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.search.sparse import Numbers

_SIZES: Final = (3, 4, 5)
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4)
_SHIFT: Final = np.uint64(25)  # the high bits are the well mixed ones; 39 of them hardly any two groups share


def grams(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return which letter groups are in which text of plain words: the texts' places, beside each a group's number."""
    plain = [f" {text} " for text in texts]
    letters = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    places = np.repeat(np.arange(len(plain)), [len(text) for text in plain])
    found = [_of_size(letters, places, size) for size in _SIZES]
    return np.concatenate([rows for rows, _ in found]), np.concatenate([numbers for _, numbers in found])


def _of_size(letters: NDArray[np.uint64], places: Numbers, size: int) -> tuple[Numbers, Numbers]:
    many = max(len(letters) - size + 1, 0)
    codes = np.full(many, size, np.uint64)
    for offset in range(size):
        codes = (codes * np.uint64(1_114_112) + letters[offset : offset + many]) * _FACTOR
    # A group does not reach into the next text, and a word's end is in its last place only.
    kept = (places[:many] == places[size - 1 : size - 1 + many]) & (letters[1 : many + 1] != ord(" "))
    return places[:many][kept], (codes[kept] >> _SHIFT).astype(np.int64)
