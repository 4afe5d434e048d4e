"""A fault in a content file: where it stands, what is wrong, and what the editor can do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

PUBLISHED: Final = "(published)"  # stands where a file's name would, for a record that no file holds
_ALIKE = 70  # of 100: below it a suggestion is more likely to mislead than to help

_MOST = 2000  # among more, looking for each of thousands of unknown words would take minutes


@dataclass(frozen=True, slots=True, order=True)
class FileFault:
    """What is wrong in a file; `file` is relative to the content folder, `line` counts from 1."""

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return the fault as one printable line, whatever was typed into the file or its name."""
        return one_line(f"{self.file}:{self.line}: {self.problem}: {self.remedy}")


def in_order(faults: Iterable[FileFault]) -> tuple[FileFault, ...]:
    """Return the faults by file, then line, each once."""
    return tuple(sorted(set(faults)))


def one_line(text: str) -> str:
    """Return `text` on one line and without what a terminal or a message cannot show."""
    return "".join(char if char.isprintable() else "?" for char in " ".join(text.split()))


def quoted(text: str) -> str:
    """Return the beginning of `text` in quotation marks, short enough for a message."""
    limit = 60
    flat = one_line(text)
    return f"'{flat}'" if len(flat) <= limit else f"'{flat[: limit - 1]}…'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that is spelled most like `word`, None where none is alike."""
    words = list(known)
    if len(words) > _MOST:
        return None
    match = extractOne(word, words, scorer=ratio, score_cutoff=_ALIKE)
    return match[0] if match else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a remedy for a mistyped word: the nearest known one, or `otherwise` where none is near."""
    match = nearest(word, known)
    return f"did you mean '{match}'?" if match else otherwise
