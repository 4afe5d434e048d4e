"""Probes for the gate: the questions that whoever keeps the content files expects to be answered rightly."""

import asyncio
from pathlib import Path
from typing import Final

from bot.errors import NoContent
from bot.importing import Probe, read_content


class Probes:
    """The probes of a content folder, read when they are first needed; no record holds them."""

    def __init__(self, folder: Path) -> None:
        """Keep where they are."""
        self._folder: Final = folder
        self._read: tuple[Probe, ...] | None = None

    async def all(self) -> tuple[Probe, ...]:
        """Return every probe; none where there is no such folder."""
        if self._read is None:
            self._read = await asyncio.to_thread(_probes, self._folder)
        return self._read


def _probes(folder: Path) -> tuple[Probe, ...]:
    try:
        return read_content(folder).probes
    except NoContent:
        return ()
