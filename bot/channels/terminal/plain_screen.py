"""The plain screen: for a pipe or a file. No colours, no folding, no wrapping: whoever reads on cuts as they like."""

from typing import Final, TextIO

from bot.channels.terminal.blocks import Block, parse
from bot.channels.terminal.plain import plain
from bot.channels.terminal.sheet import Numbered, Sheet

BETWEEN: Final = "---"


class PlainScreen:
    """Writes plain text, with a line of dashes between two answers."""

    def __init__(self, stream: TextIO) -> None:
        """Write to `stream`."""
        self._stream: Final = stream
        self._before = ""

    def folds(self, block: Block) -> bool:  # noqa: ARG002 - never, whatever the block
        """Return False: a pipe has nobody to unfold anything."""
        return False

    def show(self, sheet: Sheet) -> None:
        """Write the message and below it its buttons."""
        text = plain(piece.block for piece in sheet.pieces)
        rows = "\n".join("  ".join(map(_label, row)) for row in sheet.rows)
        self._write("\n\n".join(filter(None, (text, rows))))

    def remark(self, html: str) -> None:
        """Write a word of the terminal's own."""
        self._write(plain(parse(html)))

    def end_turn(self) -> None:
        """Set the next answer apart."""
        if self._before:
            self._before = f"\n{BETWEEN}\n\n"

    def _write(self, text: str) -> None:
        self._stream.write(f"{self._before}{text}\n")
        self._stream.flush()  # whoever waits at the other end gets the answer now
        self._before = "\n"


def _label(item: Numbered) -> str:
    label = f"{item.number}) {item.label}"
    return f"{label} ({item.address})" if item.address else label
