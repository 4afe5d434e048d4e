"""Which line of a file holds which part of a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.base import Path


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines, from 1, of the parts of a file; `base` is the part that paths start from."""

    known: Mapping[Path, int] = field(default_factory=dict)
    base: Path = ()

    def at(self, path: Path = ()) -> int:
        """Return the line of the longest beginning of `path` that is known, 1 where nothing is."""
        full = (*self.base, *path)
        for end in range(len(full), -1, -1):
            line = self.known.get(full[:end])
            if line is not None:
                return line
        return 1

    def under(self, *path: str | int) -> "Lines":
        """Return the lines of the parts below `path`. It is a view: a long list costs nothing to take apart."""
        return Lines(self.known, (*self.base, *path))
