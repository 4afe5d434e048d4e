"""A question file cut into its blocks: front matter, headings, paragraphs and footnotes, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from bot.importing.escapes import ends_line
from bot.importing.faults import FileFault
from bot.importing.footnotes import DEFINITION

_FENCE = "---"
_ITEM = re.compile(r"\s*[-*\u2022] ")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")


class Shape(Enum):
    """What a block is."""

    HEADING = auto()
    PARAGRAPH = auto()
    FOOTNOTE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of a file that belong together; `line` is the number of the first of them."""

    shape: Shape
    line: int
    rows: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the block on one line: line breaks inside it are only how it was typed, save behind a backslash."""
        *above, last = (row.strip() for row in self.rows)
        return "".join(row[:-1] + "\n" if ends_line(row) else row + " " for row in above) + last

    @property
    def item_line(self) -> int | None:
        """Return the line of the first item of a list that its line breaks seem to make, None where there is none."""
        below = pairwise(self.rows)
        items = (line for line, (above, row) in enumerate(below, self.line + 1) if _goes_on_as_list(above, row))
        return next(items, None)


@dataclass(frozen=True, slots=True)
class Halves:
    """The two halves of a question file, and the line that each begins on."""

    front: str
    front_line: int
    body: tuple[str, ...]
    body_line: int


def split(file: str, text: str) -> Halves | FileFault:
    """Return the front matter and the body of a question file, or what is wrong with its `---` lines."""
    rows = text.split("\n")
    start = next((index for index, row in enumerate(rows) if row.strip()), 0)
    if rows[start].rstrip() != _FENCE:
        remedy = "begin the file with '---', then its fields, then '---' again, then '# Short'"
        return FileFault(file, start + 1, "no front matter", remedy)
    end = next((index for index in range(start + 1, len(rows)) if rows[index].rstrip() == _FENCE), None)
    if end is None:
        return FileFault(file, start + 1, "the front matter is never closed", "put a line '---' below its last field")
    return Halves("\n".join(rows[start + 1 : end]), start + 2, tuple(rows[end + 1 :]), end + 2)


def blocks(rows: tuple[str, ...], first_line: int) -> Iterator[Block]:
    """Yield the blocks of a body. A footnote goes on over the indented lines below it, a paragraph over all others."""
    held: list[str] = []
    begun = first_line
    for number, row in enumerate((*rows, ""), first_line):
        if held and not _goes_on(held, row):
            yield Block(_shape(held[0]), begun, tuple(held))
            held = []
        if row.strip():
            begun = begun if held else number
            held.append(row)


def heading(block: Block) -> tuple[int, str]:
    """Return the level and the words of a heading; raises ValueError for any other block."""
    found = _HEADING.fullmatch(block.text)
    if not found:
        raise ValueError(block.text)
    return len(found.group(1)), found.group(2).strip()


def _goes_on_as_list(above: str, row: str) -> bool:
    # A line that ends with a backslash is broken there on purpose.
    return bool(_ITEM.match(row)) and not ends_line(above.strip())


def _goes_on(held: list[str], row: str) -> bool:
    shape = _shape(held[0])
    if not row.strip() or shape is Shape.HEADING:
        return False
    if shape is Shape.FOOTNOTE:
        return row[0].isspace() and _shape(row) is Shape.PARAGRAPH
    return _shape(row) is Shape.PARAGRAPH


def _shape(row: str) -> Shape:
    if DEFINITION.fullmatch(row):
        return Shape.FOOTNOTE
    if _HEADING.fullmatch(row.rstrip()):
        return Shape.HEADING
    return Shape.PARAGRAPH
