"""The braces before a paragraph, `{claimed: russia, by: the Kremlin}`: how certain it is, and whose word it is.

`cite: [c2, c1]` in them names footnotes that the text does not mark, or gives all of them another order than the text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.statement import Certainty
from bot.importing.faults import did_you_mean, quoted
from bot.importing.yaml_nodes import Value, parse_yaml

_BRACES = re.compile(r"\{([^{}]*)\}\s*")
_KNOWN: Final = tuple(certainty.value for certainty in Certainty)
_NAMES: Final = ("party", "by")
_CITE: Final = "cite"
# Which of a statement's fields the name after a certainty's colon fills.
_NAMED: Final[Mapping[str, str]] = {Certainty.CLAIMED: "party", Certainty.ASSESSMENT: "by"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph without its braces, the fields and footnotes in them, and (problem, remedy) where they are wrong."""

    text: str
    fields: Mapping[str, Value]
    wrong: tuple[str, str] | None = None
    cite: tuple[str, ...] = ()


def read_certainty(text: str) -> Marked:
    """Return what the braces at the beginning of `text` say; without any, no fields."""
    if not text.startswith("{"):
        return Marked(text, {})
    found = _BRACES.match(text)
    if not found:
        return Marked(text, {}, ("the brace '{' is never closed", "close it with '}' before the text"))
    rest = text[found.end() :]
    value = parse_yaml("", found.group(0)).value
    if not isinstance(value, dict):
        return Marked(rest, {}, (f"cannot read {quoted(found.group(0))}", "write {claimed: party-slug, by: the name}"))
    return _checked(rest, value)


def _checked(rest: str, pairs: Mapping[str, Value]) -> Marked:
    words = [key for key in pairs if key not in {*_NAMES, _CITE}]
    cite = _cited(pairs.get(_CITE, []))
    unknown = [word for word in words if word not in _KNOWN]
    wrong: tuple[str, str] | None = None
    if unknown:
        allowed = "use one of: " + ", ".join(_KNOWN)
        wrong = (f"unknown certainty {quoted(unknown[0])}", did_you_mean(unknown[0], _KNOWN, allowed))
    elif not words:
        wrong = ("braces without a certainty", "begin them with one of: " + ", ".join(_KNOWN))
    elif len(words) > 1:
        wrong = (f"two certainties, '{words[0]}' and '{words[1]}'", "keep one, or make two paragraphs")
    elif pairs[words[0]] is not None and words[0] not in _NAMED:
        wrong = (f"'{words[0]}' takes no name after a colon", f"write {{{words[0]}}} or {{{words[0]}, by: the name}}")
    elif cite is None:
        wrong = ("'cite' is no list of footnotes", "write {reported, cite: [c1, c2]}")
    return Marked(rest, {}, wrong) if wrong else Marked(rest, _fields(words[0], pairs), cite=cite or ())


def _cited(value: Value) -> tuple[str, ...] | None:
    keys = value if isinstance(value, list) else [None]
    return tuple(key for key in keys if isinstance(key, str)) if all(isinstance(key, str) for key in keys) else None


def _fields(word: str, pairs: Mapping[str, Value]) -> dict[str, Value]:
    fields: dict[str, Value] = {"certainty": word}
    if word in _NAMED and pairs[word] is not None:
        fields[_NAMED[word]] = pairs[word]
    return fields | {name: pairs[name] for name in _NAMES if pairs.get(name) is not None}
