"""What is searched: documents made of published records, and the names that mean one party."""

from dataclasses import dataclass

from bot.domain.base import Kind


@dataclass(frozen=True, slots=True)
class Document:
    """A record as search sees it.

    `asked` are the ways to ask for it (the question, its paraphrases; a title and aliases); `told` are the sentences of
    what it tells, without marks.
    """

    kind: Kind
    slug: str
    process: str
    asked: tuple[str, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents, and for each party every name that it is called by, its own first."""

    documents: tuple[Document, ...]
    names: tuple[tuple[str, ...], ...] = ()
