"""Pages: cutting a list, the buttons that turn it, and the words before a page number."""

import re
from collections.abc import Sequence
from typing import Final, TypeVar

from bot.rendering.labels import Labels
from bot.rendering.pages.parts import Paging
from bot.rendering.reply import Button, Rows

T = TypeVar("T")
_MARK: Final = re.compile(r"p[1-9][0-9]{0,4}")


def split_page(arguments: str) -> tuple[str, int | None]:
    """Return the words before a page mark at the end (`p2`), and its number; None where there is none.

    Only the buttons that turn pages write the mark, so a name that ends in a number stays a name.
    """
    words = arguments.split()
    if words and _MARK.fullmatch(words[-1]):
        return " ".join(words[:-1]), int(words[-1][1:])
    return arguments.strip(), None


def marked(line: str, number: int) -> str:
    """Return the command line that asks for that page."""
    return f"{line} p{number}"


def cut(items: Sequence[T], number: int | None, size: int) -> tuple[Sequence[T], Paging]:
    """Return the items of that page (the first without a number, the last for one past it), and which of how many."""
    count = max(1, -(-len(items) // size))
    number = min(max(1, number or 1), count)
    return items[(number - 1) * size : number * size], Paging(number, count, len(items))


def turning(paging: Paging, line: str, labels: Labels) -> Rows:
    """Return the row of buttons that turns the page; `line` is the command line without its page number."""
    row = []
    if paging.number > 1:
        row.append(Button(labels.earlier, marked(line, paging.number - 1)))
    if paging.number < paging.count:
        row.append(Button(labels.later, marked(line, paging.number + 1)))
    return (tuple(row),) if row else ()
