"""A question's answer -> Markdown: headings, a paragraph for each statement, and the footnotes below."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.statement import Certainty, Citation, Statement
from bot.importing.blocks import Block, Shape
from bot.importing.escapes import escape, steady
from bot.importing.footnotes import DEFINITION, read_footnote
from bot.importing.writing.yaml_text import in_braces
from bot.importing.yaml_nodes import Value

_MARK: Final = re.compile(r"\[\^(?:([1-9][0-9]{0,5})\])?")
_HEADING: Final = re.compile(r"#{1,6}\s")
# Four blanks: with fewer, a line that begins like a footnote would be one.
_BELOW: Final = "    "


def answer(short: Sequence[Statement], full: Sequence[Statement]) -> str:
    """Return the body of a question's file; the same passage of a source is one footnote, wherever it is cited."""
    notes = _Footnotes()
    blocks = ["# Short", *(_paragraph(statement, notes) for statement in short)]
    if full:
        blocks += ["# Full", *(_paragraph(statement, notes) for statement in full)]
    text = "\n\n".join(blocks) + "\n"
    return text + "".join(["\n", *notes.lines()] if notes.keys else [])


class _Footnotes:
    """The footnotes of one answer, c1, c2, …, in the order they are first needed."""

    def __init__(self) -> None:
        self.keys: dict[tuple[Citation, int], str] = {}

    def of(self, statement: Statement) -> list[str]:
        """Return the keys of a statement's citations; one that it makes twice has two, since a key counts once."""
        cite = statement.cite
        return [self._key(cited, cite[:place].count(cited)) for place, cited in enumerate(cite)]

    def _key(self, cited: Citation, earlier: int) -> str:
        return self.keys.setdefault((cited, earlier), f"c{len(self.keys) + 1}")

    def lines(self) -> Iterator[str]:
        for (cited, _), key in self.keys.items():
            yield _footnote(key, cited) + "\n"


def _paragraph(statement: Statement, notes: _Footnotes) -> str:
    keys = notes.of(statement)
    met: dict[int, None] = {}

    def key_of(found: re.Match[str]) -> str:
        number = int(found[1] or 0)
        if not 1 <= number <= len(keys):
            return f"\\{found[0]}"
        met[number] = None
        return f"[^{keys[number - 1]}]"

    text = _MARK.sub(key_of, statement.text.replace("\\", "\\\\"))
    # The text's own marks say which citations there are, in their order, unless it marks fewer or in another order.
    braces = _braces(statement, [] if list(met) == list(range(1, len(keys) + 1)) else keys)
    first, *others = text.split("\n")
    if braces:
        first = f"{braces} {first}"
    elif first.startswith("{"):
        first = f"\\{first}"
    return _on_lines([_no_markup(row) for row in (first, *others)])


def _braces(statement: Statement, listed: list[str]) -> str:
    pairs: dict[str, str] = {"party": statement.party or "", "by": statement.by or ""}
    word = statement.certainty.value
    named = {Certainty.CLAIMED: "party", Certainty.ASSESSMENT: "by"}.get(statement.certainty, "")
    whose = pairs.pop(named, "")
    parts = [f"{word}: {in_braces(whose)}" if whose else word]
    parts += [f"{name}: {in_braces(value)}" for name, value in pairs.items() if value]
    if listed:
        parts.append(f"cite: [{', '.join(listed)}]")
    return "" if parts == [Certainty.REPORTED.value] else f"{{{', '.join(parts)}}}"


def _no_markup(row: str) -> str:
    """Return a line of a paragraph that is taken for no heading or footnote and keeps the blanks it begins with."""
    if _HEADING.match(row):
        return f"\\{row}"
    if found := DEFINITION.fullmatch(row):
        colon = found.end(1) + 1
        return f"{row[:colon]}\\{row[colon:]}"
    return _with_blanks(row)


def _with_blanks(row: str) -> str:
    return escape(row[0]) + row[1:] if row[:1].isspace() else row


def _on_lines(rows: list[str], pad: str = "") -> str:
    """Return the rows with the backslash that ends each line but the last, which a reader would join otherwise."""
    return f"\\\n{pad}".join(steady(row, before="\n") for row in rows)


def _footnote(key: str, cited: Citation) -> str:
    wanted: dict[str, Value] = cited.model_dump(mode="json", exclude_defaults=True)
    return next(text for text in _footnotes(f"[^{key}]: {cited.source}", cited) if _cite_of(text) == wanted)


def _footnotes(head: str, cited: Citation) -> Iterator[str]:
    """Yield the footnote, written ever more carefully: where it stands may itself hold bars and quotation marks."""
    where = (cited.where or "").replace("\\", "\\\\")
    quote = cited.quote and '"{}"'.format(cited.quote.replace("\\", "\\\\"))
    for place in dict.fromkeys((where, where.replace("|", "\\|").replace('"', '\\"'))):
        forms = ([head, place, quote] if place else [head, quote]) if quote else [head, place] if place else [head]
        yield _note(" | ".join(forms))
        yield _note(" | ".join((head, place, quote or "")).rstrip())


def _note(text: str) -> str:
    first, *others = text.split("\n")
    return _on_lines([first, *map(_with_blanks, others)], _BELOW)


def _cite_of(text: str) -> dict[str, Value]:
    return read_footnote(Block(Shape.FOOTNOTE, 1, tuple(text.split("\n"))).text, 1).cite
