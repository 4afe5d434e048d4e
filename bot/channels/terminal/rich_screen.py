"""The rich screen: for a person at a terminal. Wrapped to its width, in colour where it has colours."""

from collections.abc import Iterable
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.channels.terminal.blocks import Block, parse
from bot.channels.terminal.layout import DIM, block_lines, wrapped
from bot.channels.terminal.sheet import Numbered, NumberedRows, Piece, Sheet

_WIDEST: Final = 96  # columns; longer lines are hard to read, however wide the window
_PREVIEW: Final = 2  # lines of a folded quotation
_GAP: Final = "   "
_NUMBER: Final = Style(color="cyan")


class RichScreen:
    """Shows messages to a person."""

    def __init__(self, console: Console, *, links: bool, unfold: str) -> None:
        """Show on `console`; `links` where it can hide addresses behind texts, `unfold` is the label that reads on."""
        self._console: Final = console
        self._links: Final = links
        self._unfold: Final = unfold
        self._shown = False

    def folds(self, block: Block) -> bool:
        """Return whether folding the block saves more than the line that its button takes."""
        return block.expandable and len(self._lines(block)) > _PREVIEW + 1

    def show(self, sheet: Sheet) -> None:
        """Show the message and below it its buttons."""
        for piece in sheet.pieces:
            self._print(self._piece(piece))
        if sheet.rows:
            self._print(self._buttons(sheet.rows))

    def remark(self, html: str) -> None:
        """Show a word of the terminal's own."""
        lines = [line for block in parse(html) for line in self._lines(block)]
        for line in lines:
            line.stylize(DIM)
        self._print(lines)

    def end_turn(self) -> None:
        """Draw a line below what was shown."""
        if self._shown:
            self._print([Text("─" * self._width, DIM)])
        self._shown = False

    @property
    def _width(self) -> int:
        # The last column stays free: some terminals wrap as soon as it is filled.
        return max(min(self._console.width - 1, _WIDEST), 10)

    def _lines(self, block: Block) -> list[Text]:
        return block_lines(block, self._console, self._width, links=self._links)

    def _piece(self, piece: Piece) -> Iterable[Text]:
        lines = self._lines(piece.block)
        if not piece.unfolded_by:
            return lines
        bar, _ = lines[0].divide([2])
        lines[_PREVIEW - 1].truncate(self._width - 2)
        lines[_PREVIEW - 1].append(" …", DIM)
        return [*lines[:_PREVIEW], bar + _button(Numbered(piece.unfolded_by, self._unfold))]

    def _buttons(self, rows: NumberedRows) -> Iterable[Text]:
        for row in rows:
            line = Text()
            for label in map(_button, row):
                if line and line.cell_len + len(_GAP) + label.cell_len > self._width:
                    yield from wrapped(line, self._console, self._width)
                    line = Text()
                line = line + _GAP + label if line else label
            yield from wrapped(line, self._console, self._width)

    def _print(self, lines: Iterable[Text]) -> None:
        """Print the lines with an empty one above; they are cut to the width already."""
        self._console.print(Text("\n").join([Text(), *lines]), no_wrap=True, overflow="ignore", crop=False)
        self._shown = True


def _button(item: Numbered) -> Text:
    label = Text.assemble((f"{item.number})", _NUMBER), " ", (item.label, DIM))
    return label.append(f" ({item.address})", DIM) if item.address else label
