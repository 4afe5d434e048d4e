"""Pages: cutting a list, the buttons that turn it, and the words before a page number."""

from collections.abc import Sequence
from typing import TypeVar

from bot.rendering.labels import Labels
from bot.rendering.pages import Paging
from bot.rendering.reply import Button, Rows

T = TypeVar("T")
_DIGITS = 6


def split_number(arguments: str) -> tuple[str, int]:
    """Return the words before a page number at the end, and the number; 1 where there is none."""
    words = arguments.split()
    if words and words[-1].isascii() and words[-1].isdigit() and len(words[-1]) < _DIGITS:
        return " ".join(words[:-1]), max(1, int(words[-1]))
    return arguments.strip(), 1


def cut(items: Sequence[T], number: int, size: int) -> tuple[Sequence[T], Paging]:
    """Return the items of that page, the last one where the number is past it, and which page it is of how many."""
    count = max(1, -(-len(items) // size))
    number = min(number, count)
    return items[(number - 1) * size : number * size], Paging(number, count, len(items))


def turning(paging: Paging, line: str, labels: Labels) -> Rows:
    """Return the row of buttons that turns the page; `line` is the command line without its page number."""
    row = []
    if paging.number > 1:
        row.append(Button(labels.earlier, f"{line} {paging.number - 1}"))
    if paging.number < paging.count:
        row.append(Button(labels.later, f"{line} {paging.number + 1}"))
    return (tuple(row),) if row else ()
