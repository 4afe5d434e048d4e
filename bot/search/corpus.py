"""What is searched: documents made of published records, and the names that mean one party."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.domain.base import Kind


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

    @property
    def texts(self) -> Iterator[str]:
        """Return every text that it is found by."""
        return chain(self.asked, self.told, (cue for cue, _ in self.cues))


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents, and for each party every name that it is called by, its own first."""

    documents: tuple[Document, ...]
    names: tuple[tuple[str, ...], ...] = ()
