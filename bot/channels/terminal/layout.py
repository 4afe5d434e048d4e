"""Blocks -> lines of rich text that fit a width: list items hang, quotations have a bar."""

import re
from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.channels.terminal.blocks import Block, Span

_BAR: Final = "▎ "
# What a list item begins with: a bullet or a sign of words.j2, a point's number, a source's or a button's.
_LEAD: Final = re.compile(r"\s*(?:(?:[•✓\uff0b◐✗↺·?]|▫️|\d{1,3}[.)]|\[\d{1,3}\])\s+)?")
_LOOKS: Final = {
    "bold": Style(bold=True),
    "italic": Style(italic=True),
    "underline": Style(underline=True),
    "strike": Style(strike=True),
    "code": Style(color="cyan"),
}
DIM: Final = Style(dim=True)


def block_lines(block: Block, console: Console, width: int, *, links: bool) -> list[Text]:
    """Return the block's lines. Where the terminal has no `links`, addresses are written out behind their texts."""
    text = Text()
    for span in block.spans:
        _append(text, span, links=links)
    bar = Text(_BAR, DIM) if block.quoted else Text()
    return [bar + line for line in wrapped(text, console, width - cell_len(bar.plain))]


def wrapped(text: Text, console: Console, width: int) -> Iterator[Text]:
    """Yield the lines of `text`, the second and later ones of a list item set in below its first word."""
    for line in text.split("\n", allow_blank=True):
        found = _LEAD.match(line.plain)
        lead = found.end() if found else 0
        head, body = line.divide([lead]) if 0 < lead < len(line) else (Text(), line)
        indent = cell_len(head.plain)
        for number, piece in enumerate(body.wrap(console, max(width - indent, 1))):
            piece.rstrip()
            yield (Text(" " * indent) if number else head) + piece


def _append(text: Text, span: Span, *, links: bool) -> None:
    style = Style.combine([Style(), *(_LOOKS[name] for name in sorted(span.styles))])
    if span.link and links:
        text.append(span.text, style + Style(underline=True, link=span.link))
        return
    text.append(span.text, style)
    if span.address:
        text.append(f" ({span.address})", DIM)
