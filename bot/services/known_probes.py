"""The probes that the desk's publications are measured with: those of the content folder, which editors own."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.errors import NoContent
from bot.importing import Probe, read_content


class KnownProbes:
    """Read when they are first needed, and kept."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; it need not be there."""
        self._folder = folder
        self._found: Sequence[Probe] | None = None

    async def all(self) -> Sequence[Probe]:
        """Return every probe; none where there is no content folder."""
        if self._found is None:
            self._found = await asyncio.to_thread(self._read)
        return self._found

    def _read(self) -> Sequence[Probe]:
        try:
            return read_content(self._folder).probes
        except NoContent:
            return ()
