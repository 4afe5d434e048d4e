"""Text that cannot harm a terminal: no control characters, and nothing that reorders what is read."""

from typing import Final

_SPACES: Final = "\t\v\f\r\x85\u2028\u2029"
# Bidirectional marks, embeddings, overrides and isolates: they can make a line read otherwise than it was written.
_BIDI: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_CONTROLS: Final = (*range(0x20), *range(0x7F, 0xA0))
_TABLE: Final[dict[int, str | None]] = {
    **dict.fromkeys(_CONTROLS),
    **dict.fromkeys(map(ord, _BIDI)),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # halves of characters, which no encoding can write
    ord("\n"): "\n",
}


def clean(text: str) -> str:
    """Return `text` with its lines kept and everything gone that a terminal would obey instead of show."""
    return text.replace("\r\n", "\n").translate(_TABLE)


def one_line(text: str) -> str:
    """Return `text` cleaned and on one line, its spaces single."""
    return " ".join(clean(text).split())
