"""Which other agreements an agreement's text refers to: those that an export names unmistakably."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.importing.pax.export import PaxRow

_WORD: Final = re.compile(r"[^\W_]+")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
# A title of such words alone is that of many agreements.
_GENERAL: Final = frozenset(
    """
    a act accord accords agreed agreement agreements and between by ceasefire cease fire commitment communique
    comprehensive conclusions declaration document final first for framework general hostilities in interim joint law
    local memorandum minutes of on peace plan political press principles protocol resolution second settlement signed
    statement the to treaty truce understanding with
    """.split()  # noqa: SIM905 - forty words are read more easily than forty strings
)
_SHORTEST: Final = 2  # words of a title that is looked for within the same process
_SHORTEST_ELSEWHERE: Final = 5  # and in any


@dataclass(frozen=True, slots=True)
class Named:
    """An agreement that others may refer to."""

    number: int
    title: str
    process: int
    signed: date


def named(row: PaxRow) -> Named:
    """Return the row as others refer to it."""
    return Named(row.number, row.title, row.process, row.signed)


def references(rows: Iterable[PaxRow], known: Iterable[Named]) -> Mapping[int, tuple[int, ...]]:
    """Return, by agreement, the numbers of those of `known` that its text refers to by their titles.

    A title counts where only one agreement of the same process, not signed later, bears it; a long one also where only
    one of all bears it. Anything less certain is left out.
    """
    bearers: defaultdict[tuple[str, ...], list[Named]] = defaultdict(list)
    for item in known:
        for words in {_words(item.title), _words(_BRACKETS.sub(" ", item.title))}:
            if len(words) >= _SHORTEST and not _GENERAL.issuperset(words):
                bearers[words].append(item)
    sizes = sorted({len(words) for words in bearers}, reverse=True)
    starts = {words[:_SHORTEST] for words in bearers}
    return {row.number: _of_row(row, bearers, sizes, starts) for row in rows if row.other_agreements}


def _of_row(
    row: PaxRow, bearers: Mapping[tuple[str, ...], list[Named]], sizes: list[int], starts: set[tuple[str, ...]]
) -> tuple[int, ...]:
    words = _words(row.other_agreements)
    found: list[int] = []
    at = 0
    while at < len(words):
        size = 1
        if words[at : at + _SHORTEST] in starts:
            size = next((size for size in sizes if words[at : at + size] in bearers), 1)
            if size > 1 and (target := _only(row, bearers[words[at : at + size]], size)):
                found.append(target)
        at += size
    return tuple(dict.fromkeys(found))


def _only(row: PaxRow, bearers: list[Named], size: int) -> int | None:
    """Return the one agreement that is meant, None where it could be several or is the row's own."""
    others = [item for item in bearers if item.number != row.number and item.signed <= row.signed]
    near = [item for item in others if item.process == row.process]
    if len(near) == 1:
        return near[0].number
    if not near and len(others) == 1 and size >= _SHORTEST_ELSEWHERE:
        return others[0].number
    return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))
