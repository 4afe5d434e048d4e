r"""What a backslash means in a question's answer, and how a text is written so that it reads back the same.

    \[ \] \{ \} \# \: \| \" \\    that sign itself, where alone it would be markup
    \u2028 \U0001f1fa             the character with that number
    \ at the end of a line        the line ends here: without it, line ends are only how the text was typed

Before anything else a backslash is a backslash. In quoted YAML the same numbers mean the same characters.
"""

import re
import unicodedata
from typing import Final

from bot.importing.text import clean

_SIGN: Final = re.compile(r'\\([\\\[\]{}#:|"])')
_NUMBER: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_LAST: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_COMBINING_FROM: Final = "\u0300"  # no character before it ever joins the one it follows


def armoured(text: str) -> str:
    """Return `text` with each escaped sign as its number, so that nothing takes it for markup; `plain` undoes it."""
    return _SIGN.sub(lambda found: escape(found[1]), text)


def plain(text: str) -> str:
    """Return `text` with each numbered character in place of its number; a number that is none stays as it is."""
    return _NUMBER.sub(_character, text)


def ends_line(row: str) -> bool:
    """Return whether `row` ends with a backslash that is not itself escaped."""
    return (len(row) - len(row.rstrip("\\"))) % 2 == 1


def escape(char: str) -> str:
    """Return the number that stands for `char`."""
    number = ord(char)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"  # noqa: PLR2004 - what four digits hold


def steady(text: str, before: str = " ") -> str:
    """Return `text` with numbers for the characters that would not survive the reading of a file.

    `before` stands before it in the file: an accent may join it.
    """
    if clean(before + text) == before + text:
        return text
    written = before
    for char in text:
        kept = clean(char) == char and (char < _COMBINING_FROM or unicodedata.is_normalized("NFC", written + char))
        written += char if kept else escape(char)
    return written[len(before) :]


def _character(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    return found[0] if number > _LAST or number in _SURROGATES else chr(number)
