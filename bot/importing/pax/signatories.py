"""Splitting a list of signatories, where that is certain; what is not stays as it was signed."""

import re
from typing import Final

_MOST: Final = 250  # characters of one signatory: what a record's line holds
_OPEN: Final = re.compile(r"[(\[]")
_CLOSE: Final = re.compile(r"[)\]]")
# The list is no list of names, or says of some of them that it does not know: PA-X's own notes.
_NOTES: Final = re.compile(r"not signed|unsigned|illegible|no name|on file|page \d|preamble|unclear", re.IGNORECASE)
_BEGINS: Final = re.compile(r"[^\W\d_a-z]|\W*[^\W\d_a-z]")


def split_signatories(printed: str) -> tuple[str, ...]:
    """Return the signatories one by one, () where it is not certain where one ends and the next begins.

    Certain is only a list on one line with semicolons between names: a comma may stand before an office, and a line
    break before a second line on the same person.
    """
    if "\n" in printed or ";" not in printed or _NOTES.search(printed):
        return ()
    parts = [part.strip(" .") for part in printed.split(";")]
    parts = [part for part in parts if part]
    if len(parts) < 2 or not all(_is_whole(part) for part in parts):  # noqa: PLR2004 - one is no list
        return ()
    return tuple(dict.fromkeys(parts))


def _is_whole(part: str) -> bool:
    balanced = len(_OPEN.findall(part)) == len(_CLOSE.findall(part))
    return balanced and len(part) <= _MOST and ":" not in part and bool(_BEGINS.match(part))
