"""Buttons: a command line too long for one is kept under a token, bound to its reader."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.rendering.limits import BUTTON_BYTES
from bot.storage import tokens
from bot.storage.database import Database

_SIGN: Final = "~"  # no command line begins with it


def fits(line: str) -> bool:
    """Return whether a button can carry the line itself, without a token."""
    return len(line.encode()) <= BUTTON_BYTES and not line.startswith(_SIGN)


@dataclass(frozen=True, slots=True)
class Buttons:
    """Callback data for command lines, and back."""

    database: Database

    async def data_for(self, line: str, reader: int, now: datetime) -> str:
        """Return what a button for `line` carries, at most 64 bytes. Commits where it needs a token."""
        if fits(line):
            return line
        async with self.database.write() as connection:
            return _SIGN + await tokens.add(connection, line, reader, now)

    async def line_for(self, data: str, reader: int, now: datetime) -> str | None:
        """Return the command line behind the data; None where its token is unknown, expired or another reader's."""
        if not data.startswith(_SIGN):
            return data
        async with self.database.read() as connection:
            return await tokens.line_of(connection, data.removeprefix(_SIGN), reader, now)
