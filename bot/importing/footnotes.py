"""Footnotes of a question's answer: `[^key]: source | where in it | "quote"`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.importing.escapes import armoured, plain
from bot.importing.yaml_nodes import Value

DEFINITION: Final = re.compile(r" {0,3}\[\^([^\]]*)\]:(.*)", re.DOTALL)
# Opening and closing marks, as English, German and French set them.
_MARKS = {'"': '"', "\u201c": "\u201d", "\u201e": "\u201c", "\u00ab": "\u00bb", "'": "'", "\u2018": "\u2019"}


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its key, its line, the citation it stands for, and (problem, remedy) where it is wrong."""

    key: str
    line: int
    cite: dict[str, Value]
    wrong: tuple[str, str] | None = None


def read_footnote(text: str, line: int) -> Footnote:
    """Return the footnote that `text` defines; raises ValueError where it defines none."""
    found = DEFINITION.fullmatch(text)
    if not found:
        raise ValueError(text)
    key, rest = found.group(1).strip(), armoured(found.group(2))
    source, _, rest = rest.partition("|")
    where, quote = _where_and_quote(rest.strip())
    cite: dict[str, Value] = {"source": source.strip()}
    if where:
        cite["where"] = plain(where)
    words = _unquoted(quote)
    if quote:
        cite["quote"] = plain(words) if words else None
    return Footnote(key, line, cite, _wrong(source.strip(), quote))


def _wrong(source: str, quote: str) -> tuple[str, str] | None:
    if not source:
        return "footnote without a source", 'write [^key]: source-slug | where in it | "quote"'
    if quote and _unquoted(quote) is None:
        return "the quote has no quotation marks", 'write it as "the words of the source", after a second |'
    return None


def _where_and_quote(rest: str) -> tuple[str, str]:
    """Split at the first bar outside quotation marks; a place left out altogether leaves a quote alone."""
    first = next(_bars(rest), -1)
    if first < 0 and _unquoted(rest):
        return "", rest
    if first < 0:  # none at all, or one behind a quotation mark that is never closed
        first = rest.find("|") if "|" in rest else len(rest)
    return rest[:first].strip(), rest[first + 1 :].strip()


def _bars(rest: str) -> Iterator[int]:
    inside = False
    for index, char in enumerate(rest):
        if char == '"':
            inside = not inside
        elif char == "|" and not inside:
            yield index


def _unquoted(quote: str) -> str | None:
    """Return what stands between the quotation marks, None where there are none."""
    closing = _MARKS.get(quote[:1])
    inner = quote[1:-1].strip()
    return inner if closing and inner and quote.endswith((closing, quote[0])) else None
