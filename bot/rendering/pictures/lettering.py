"""Lettering: how wide a text is drawn, where it breaks, and which font has its letters.

The renderer falls back to no other font by itself, so each run of a script is given its own.
"""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

BASE: Final = "Noto Sans"
# The first letter, the last one, and what the script's font and its file are called. The fonts are those of the
# package manimgx-fonts (Noto, SIL Open Font License).
_SCRIPTS: Final = (
    ("\u0530", "\u058f", "Armenian"),
    ("\u0590", "\u05ff", "Hebrew"),
    ("\u0600", "\u06ff", "Arabic"),
    ("\u0750", "\u077f", "Arabic"),
    ("\u0900", "\u097f", "Devanagari"),
    ("\u0980", "\u09ff", "Bengali"),
    ("\u0b80", "\u0bff", "Tamil"),
    ("\u0d80", "\u0dff", "Sinhala"),
    ("\u0e00", "\u0e7f", "Thai"),
    ("\u0e80", "\u0eff", "Lao"),
    ("\u1000", "\u109f", "Myanmar"),
    ("\u10a0", "\u10ff", "Georgian"),
    ("\u1200", "\u139f", "Ethiopic"),
    ("\u1780", "\u17ff", "Khmer"),
    ("\ufb50", "\ufdff", "Arabic"),
    ("\ufe70", "\ufefc", "Arabic"),
)
# Their letters join, and the renderer loses some of them where a line has letters of another font as well.
_JOINING: Final = frozenset({"Arabic", "Devanagari", "Bengali", "Tamil", "Sinhala", "Myanmar", "Khmer"})
_DRAWN: Final = "\u2e7f"  # from here on no font of ours has letters: Chinese, Japanese, Korean, and most signs
_NARROW: Final = frozenset("iIjlrtf.,;:'|!()[]{} -")
_WIDE: Final = frozenset("mwMWЖШЩЮФжшщюф@%—")


def drawable(text: str) -> str:
    """Return `text` on one line without what XML cannot hold and nobody sees."""
    return " ".join("".join(mark for mark in text if mark.isspace() or unicodedata.category(mark)[0] != "C").split())


def has_boxes(text: str) -> bool:
    """Return whether boxes may stand for some of the letters: no font of ours has them, or none beside the others."""
    plain = drawable(text)
    return any(mark > _DRAWN and not _script(mark) for mark in plain) or _clashes(plain)


def scripts(text: str) -> frozenset[str]:
    """Return the scripts in `text` that need a font besides the base."""
    return frozenset(filter(None, map(_script, text)))


def lettered(text: str) -> Markup:
    """Return `text` for an SVG text element, each run of another script in its own font."""
    plain = drawable(text)
    clashes = _clashes(plain)
    runs = groupby(_joined(plain), key=lambda item: "" if clashes and item[1] in _JOINING else item[1])
    return Markup("").join(_run("".join(mark for mark, _ in letters), script) for script, letters in runs)


def wrapped(text: str, width: float, size: float, lines: int) -> tuple[str, ...]:
    """Return `text` broken into at most so many lines of that width, at that size in pixels, cut with an ellipsis."""
    found: list[str] = []
    line = ""
    for word in _broken(drawable(text), width, size):
        longer = f"{line} {word}".strip()
        if width_of(longer, size) <= width:
            line = longer
        else:
            found.append(line)
            line = word
    found = [part for part in (*found, line) if part]
    if len(found) <= lines:
        return tuple(found)
    return (*found[: lines - 1], _cut(found[lines - 1], width, size))


def width_of(text: str, size: float) -> float:
    """Return about how many pixels wide the text is drawn: a little more rather than less."""
    return sum(map(_width, text)) * size


def _width(mark: str) -> float:
    if mark > _DRAWN:
        return 1.0
    if mark in _NARROW:
        return 0.36
    return 0.95 if mark in _WIDE else 0.66 if mark.isupper() else 0.58


def _broken(text: str, width: float, size: float) -> Iterator[str]:
    """Yield the words, those that are too long for a line in pieces."""
    for word in text.split():
        rest = word
        while width_of(rest, size) > width and len(rest) > 1:
            fits = next(at for at in range(len(rest) - 1, 0, -1) if at == 1 or width_of(rest[:at], size) <= width)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _cut(line: str, width: float, size: float) -> str:
    while line and width_of(f"{line}…", size) > width:
        line = line[:-1].rstrip()
    return f"{line}…"


def _clashes(text: str) -> bool:
    """Return whether letters of a script that joins them stand beside letters of another."""
    found = {_script(mark) for mark in text if mark.isalnum()}
    return bool(found & _JOINING) and len(found) > 1


def _script(mark: str) -> str:
    return next((name for first, last, name in _SCRIPTS if first <= mark <= last), "")


def _joined(text: str) -> Iterator[tuple[str, str]]:
    """Yield each letter with its script; blanks and marks between two letters of one script are of it as well."""
    script = ""
    for mark in text:
        if mark.isalpha() or _script(mark):
            script = _script(mark)
        yield mark, script


def _run(text: str, script: str) -> Markup:
    if not script:
        return escape(text)
    return Markup('<tspan font-family="{} {}">{}</tspan>').format(BASE, script, text)
