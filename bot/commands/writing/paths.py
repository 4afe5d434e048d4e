"""Paths of fields as buttons write them: `short.0.text`."""

from typing import Final

from bot.domain.base import Path

NOTE: Final[Path] = ("!note",)  # stands for the words that go with a correction, which are no field of the record


def written(path: Path) -> str:
    """Return the path as a word."""
    return ".".join(map(str, path))


def read(word: str) -> Path:
    """Return the path that the word writes; () for none."""
    steps = (step for step in word.split(".") if step)
    return tuple(int(step) if step.isascii() and step.isdigit() and len(step) < 4 else step for step in steps)  # noqa: PLR2004 - no list is as long
