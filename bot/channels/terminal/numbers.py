"""Numbers: of messages, so that a reply finds what it replies to; and of buttons, so that they can be typed."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.channels.terminal.blocks import Block
from bot.channels.terminal.sheet import NumberedRows

_PRESS: Final = re.compile(r"\[?([0-9]{1,3})[\])]?")  # more digits are a year, and belong to a question
_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class MessageNumbers:
    """Numbers that grow and do not come again in a later session: the microseconds since 1970."""

    def __init__(self) -> None:
        """Begin with none given."""
        self._last = 0

    def next(self, now: datetime) -> int:
        """Return the number of a message sent at `now`, an aware time."""
        self._last = max(self._last + 1, (now - _EPOCH) // _MICROSECOND)
        return self._last


@dataclass(frozen=True, slots=True)
class Choice:
    """What a number does: run `line` as a button of `message`, show an address, or unfold a block."""

    message: int
    line: str = ""
    address: str = ""
    unfolds: Block | None = None


class Choices:
    """The numbers of one turn, counted from 1, and the rows of buttons that carry them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._choices: Final[list[Choice]] = []
        self.rows: NumberedRows = ()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._choices)

    def add(self, choice: Choice) -> int:
        """Return the number that now does this."""
        self._choices.append(choice)
        return len(self._choices)

    def get(self, number: int) -> Choice | None:
        """Return what the number does, None where it does nothing."""
        return self._choices[number - 1] if 0 < number <= len(self._choices) else None


def pressed_number(line: str) -> int | None:
    """Return the number of the button that the line presses, None where it is no number."""
    found = _PRESS.fullmatch(line)
    return int(found[1]) if found else None
