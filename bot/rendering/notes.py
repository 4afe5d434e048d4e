"""Numbered citations: which source is [1] in this message, and statements with their marks in place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bot.domain.party import Party
from bot.domain.revision import Revision
from bot.domain.source import Source
from bot.domain.statement import Certainty, Citation, Statement
from bot.rendering.markup import inline

_MARK: Final = re.compile(r"\[\^(\d{1,3})\]")
_REPEATED: Final = re.compile(r"(\[\d+\])(?:\s?\1)+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement as a page shows it: `whose` claim or assessment it is, where it is one."""

    html: Markup
    certainty: Certainty
    whose: str
    sourced: bool = True  # False where none of its sources is published any more


@dataclass(frozen=True, slots=True)
class Numbered:
    """A source with its number in this message."""

    number: int
    source: Source


class Notes:
    """The citations of one message. Sources are numbered as they are first met."""

    def __init__(self, sources: Mapping[str, Revision[Source]], parties: Mapping[str, Revision[Party]]) -> None:
        """Keep the published sources and parties by slug."""
        self._sources = sources
        self._parties = parties
        self._met: dict[str, Revision[Source]] = {}

    def show(self, statement: Statement) -> Shown:
        """Return the statement with its marks as numbers; citations that the text does not mark follow at its end."""
        marked: set[int] = set()

        def number(found: re.Match[str]) -> str:
            place = int(found[1])
            if not 1 <= place <= len(statement.cite):
                return ""
            marked.add(place - 1)
            return self.marks([statement.cite[place - 1]])

        # Two passages of one source side by side are one mark; /sources tells them apart.
        html = inline(statement.text, lambda text: _REPEATED.sub(r"\1", _MARK.sub(number, text)))
        rest = self.marks(cite for place, cite in enumerate(statement.cite) if place not in marked)
        sourced = self._sourced(statement)
        return Shown(html + (f" {rest}" if rest else ""), statement.certainty, self._whose(statement), sourced)

    def bare(self, statement: Statement) -> Shown:
        """Return the statement without marks, for a preview that has no room for sources."""
        html = inline(statement.text, lambda text: _MARK.sub("", text))
        return Shown(html, statement.certainty, self._whose(statement), self._sourced(statement))

    def show_all(self, statements: Iterable[Statement]) -> tuple[Shown, ...]:
        """Return each statement as `show` does, in order."""
        return tuple(self.show(statement) for statement in statements)

    def marks(self, citations: Iterable[Citation]) -> str:
        """Return the marks of these citations, `[1][2]`, each source once; an unknown source has none."""
        numbers = dict.fromkeys(self._number(citation.source) for citation in citations)
        return "".join(f"[{number}]" for number in numbers if number)

    @property
    def sources(self) -> tuple[Numbered, ...]:
        """Return the sources met so far with their numbers."""
        return tuple(Numbered(number, revision.record) for number, revision in enumerate(self._met.values(), 1))

    @property
    def told(self) -> tuple[Revision[Source], ...]:
        """Return the revisions of the sources met so far."""
        return tuple(self._met.values())

    def _number(self, slug: str) -> int:
        if slug not in self._sources:
            return 0
        self._met.setdefault(slug, self._sources[slug])
        return list(self._met).index(slug) + 1

    def _sourced(self, statement: Statement) -> bool:
        return any(cite.source in self._sources for cite in statement.cite)

    def _whose(self, statement: Statement) -> str:
        if statement.by:
            return statement.by
        party = self._parties.get(statement.party or "")
        return party.record.name if party else ""
