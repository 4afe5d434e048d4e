"""What is searched: documents made of published records, and the names that mean one party."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bot.domain.base import Kind

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|\n+")


@dataclass(frozen=True, slots=True)
class Document:
    """A record as search sees it.

    `asked` are the ways to ask for it (the question, its paraphrases; a title and aliases); `told` are the sentences of
    what it tells, without marks. `cues` are further words to find it by, each with the one of `told` that it leads to,
    "" where it is none of them: what a card shows in lines that are no sentences, and who says a sentence.
    """

    kind: Kind
    slug: str
    process: str
    asked: tuple[str, ...]
    told: tuple[str, ...] = ()
    cues: tuple[tuple[str, str], ...] = ()
    kin: frozenset[str] = frozenset()  # slugs of what tells the same: the agreements that a question is about
    covered: bool = True  # not so: what is asked and nothing of the process answers; it keeps look-alikes from doing so

    @property
    def texts(self) -> Iterator[str]:
        """Return every text that it is found by."""
        return chain(self.asked, self.told, (cue for cue, _ in self.cues))


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents, and for each party every name that it is called by, its own first."""

    documents: tuple[Document, ...]
    names: tuple[tuple[str, ...], ...] = ()


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of plain text."""
    return (sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip())
