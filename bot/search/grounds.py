"""Grounds: whether a record holds evidence for a question, by what each kind of record is there to tell."""

from typing import Final

from bot.domain.base import Kind
from bot.search.corpus import Document
from bot.search.evidence import Evidence
from bot.search.names import is_name
from bot.search.reading import Reader, Reading
from bot.search.words import WEAK_TERMS


class Grounds:
    """Looks into one record after another for a question's evidence."""

    def __init__(self, evidence: Evidence, reader: Reader) -> None:
        """Take the question's evidence, and who reads the records' texts."""
        self._evidence: Final = evidence
        self._reader: Final = reader

    def found(self, document: Document, nearest: str) -> str | None:
        """Return what to show of the text that says what is asked, None where none of the record does.

        A sentence that tells it is shown itself; of the ways to ask, `nearest`, the text most like the question.
        """
        asked = self._read(document.asked)
        match document.kind:
            case Kind.PARTY:
                return nearest  # its card says who it is; the score has seen to it that no more is asked
            case Kind.PROCESS:
                return nearest if self._is_brief(asked) else self._told(document)
            case Kind.AGREEMENT:
                return nearest if any(map(self._evidence.asked_by, asked)) else self._on_card(document, asked)
        implied = _implied(asked) or self._told_names(document, asked)
        if any(self._evidence.asked_by(text, implied) for text in asked):
            return nearest
        return self._told(document)

    def _told_names(self, document: Document, asked: list[Reading]) -> frozenset[str]:
        """Return whom a question is about that never names them: all that its answer names."""
        if any(map(_names, asked)):
            return frozenset()
        return frozenset().union(*map(_names, self._read(document.told)))

    def _is_brief(self, asked: list[Reading]) -> bool:
        """Return whether the brief is asked for: "the talks" are its name, "did they talk" asks for more."""
        if self._evidence.asked_for(asked):
            return True
        return not self._evidence.is_yes_or_no and any(map(self._evidence.asked_by, asked))

    def _on_card(self, document: Document, titles: list[Reading]) -> str | None:
        """Return what of the agreement's card tells it: all there is about the agreement, by any of its names."""
        subject = max((self._evidence.things & title.count for title in titles), key=len, default=frozenset[str]())
        told = self._told(document, subject)
        if told is None and subject - WEAK_TERMS:
            cues = ((shown, self._reader.read(cue)) for cue, shown in document.cues)
            return next((shown for shown, cue in cues if self._evidence.cued_by(cue, subject)), None)
        return told

    def _told(self, document: Document, subject: frozenset[str] = frozenset()) -> str | None:
        told = (*((text, text) for text in document.told), *(cue for cue in document.cues if cue[1]))
        return next((shown for text, shown in told if self._evidence.told_by(self._reader.read(text), subject)), None)

    def _read(self, texts: tuple[str, ...]) -> list[Reading]:
        return [self._reader.read(text) for text in texts]


def _implied(asked: list[Reading]) -> frozenset[str]:
    """Return the names meant by a paraphrase that has none: those of its question."""
    return _names(asked[0]) if asked else frozenset()


def _names(text: Reading) -> frozenset[str]:
    return frozenset(filter(is_name, text.count))
