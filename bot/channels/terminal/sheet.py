"""A sheet: one message as a screen shows it, its buttons numbered; and what a screen is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.channels.terminal.blocks import Block


@dataclass(frozen=True, slots=True)
class Numbered:
    """A button's label with the number that presses it; `address` is where a button that leads out leads."""

    number: int
    label: str
    address: str = ""


NumberedRows = Sequence[Sequence[Numbered]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block; where `unfolded_by` is a number it is shown folded, and that number unfolds it."""

    block: Block
    unfolded_by: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown of one message."""

    pieces: Sequence[Piece]
    rows: NumberedRows = ()


class Screen(Protocol):
    """Where a conversation is shown."""

    def folds(self, block: Block) -> bool:
        """Return whether the block is better shown folded here."""

    def show(self, sheet: Sheet) -> None:
        """Show a message."""

    def remark(self, html: str) -> None:
        """Show a word of the terminal's own, apart from the messages."""

    def end_turn(self) -> None:
        """Set what was shown since the last turn apart from what follows."""
