"""Filters: the words behind /agreements, read as what narrows the list down."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.commands.context import Context
from bot.commands.days import read_day
from bot.domain.agreement import Stage
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.revision import Revision
from bot.domain.status import Status

EVERYWHERE: Final = "everywhere"
_LONGEST_NAME: Final = 5  # words; longer names are found by their slugs
_STATUS_WORDS: Final = {
    **{status.value: status for status in Status},
    "agreed": Status.AGREED,
    "talks": Status.TALKS_AGREED,
    "active": Status.IN_EFFECT,
    "current": Status.IN_EFFECT,
    "due": Status.DUE,
    "expired": Status.DUE,
}
_STAGE_WORDS: Final = {
    **{stage.value.replace(",", ""): stage for stage in Stage if stage is not Stage.OTHER},
    "other stage": Stage.OTHER,
    "ceasefires": Stage.CEASEFIRE,
    "comprehensive": Stage.FRAMEWORK_COMPREHENSIVE,
    "partial": Stage.FRAMEWORK_PARTIAL,
}
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody whom an agreement concerns: a party of ours, a country of a dataset, or both under one name."""

    name: str
    party: Revision[Party] | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list down, and what was not understood. `process` is None where all are looked through."""

    process: Revision[Process] | None = None
    who: tuple[Who, ...] = ()
    status: Status | None = None
    on: date | None = None
    stage: Stage | None = None
    year: int | None = None
    text: str = ""
    unknown: str = ""
    everywhere: bool = False  # asked for, so that the chat's own process does not count

    @property
    def line(self) -> str:
        """Return the command line that asks for the same."""
        words = (
            EVERYWHERE if self.everywhere else "",
            str(self.process.record.slug) if self.process else "",
            *(who.name for who in self.who),
            self.status.value if self.status else "",
            f"on {self.on}" if self.on else "",
            next((word for word, stage in _STAGE_WORDS.items() if stage is self.stage), ""),
            str(self.year or ""),
            self.text,
        )
        return " ".join(("/agreements", *filter(None, words)))

    @property
    def only_who(self) -> bool:
        """Return whether nothing but parties and countries is asked for."""
        return bool(self.who) and self == Filters(who=self.who)

    @property
    def reaches_out(self) -> bool:
        """Return whether it asks for what other processes may have as well as the chat's own."""
        return bool(self.text or self.year or self.stage or any(not who.party for who in self.who))


def read_filters(context: Context, words: str) -> Filters:
    """Return what the words narrow down; `status=x` and plain `x` are alike.

    Words that are no filter are what to look for in the agreements' texts, and then names and stages among them are
    looked for there too: "Kosovo implementation roadmap" is a title. What no text has is not understood.
    """
    parts = tuple(_parts(context, [word.partition("=")[2] or word for word in words.split()]))
    plain = [part.words for part in parts if part.filters is None]
    finder = context.snapshot.shelf.finder if plain else None
    sought = [word for word in plain if finder and finder.knows(word)]
    unknown = " ".join(word for word in plain if word not in sought)
    if not sought:
        return replace(_together(parts), unknown=unknown)
    text = " ".join(part.words for part in parts if part.of_text or part.words in sought)
    return replace(_together([part for part in parts if not part.of_text]), text=text, unknown=unknown)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the words: the filter they are, or None; `of_text` where they may as well stand in a text."""

    words: str
    filters: Filters | None = None
    of_text: bool = False


def _together(parts: Sequence[_Part]) -> Filters:
    found = Filters()
    for part in parts:
        if part.filters is None:
            continue
        one = part.filters
        found = Filters(
            found.process or one.process,
            (*found.who, *(who for who in one.who if who not in found.who)),
            found.status or one.status,
            found.on or one.on,
            found.stage or one.stage,
            found.year or one.year,
            everywhere=found.everywhere or one.everywhere,
        )
    return found


def _parts(context: Context, rest: list[str]) -> Iterator[_Part]:
    while rest:
        for size in range(min(_LONGEST_NAME, len(rest)), 0, -1):
            if part := _part(context, " ".join(rest[:size])):
                yield part
                rest = rest[size:]
                break
        else:
            yield _Part(rest.pop(0))


def _part(context: Context, phrase: str) -> _Part | None:
    """Return the filter that the whole phrase is, None where it is none."""
    low = phrase.lower().replace(",", "").strip()
    if low in {EVERYWHERE, "all topics"}:
        return _Part(phrase, Filters(everywhere=True))
    if low in _STATUS_WORDS:
        return _Part(phrase, Filters(status=_STATUS_WORDS[low]), of_text=" " not in low)
    if low.startswith("on ") and (day := read_day(phrase[3:], context.today)):
        return _Part(phrase, Filters(on=day))
    if _YEAR.fullmatch(low):
        return _Part(phrase, Filters(year=int(low)))
    if low in _STAGE_WORDS:
        return _Part(phrase, Filters(stage=_STAGE_WORDS[low]), of_text=True)
    process = context.snapshot.processes.get(low)
    if process:
        return _Part(phrase, Filters(process=process))
    shelf = context.snapshot.shelf
    party, country = shelf.party(phrase), shelf.country(phrase)
    if party or country:
        name = party.record.name if party else country or ""
        return _Part(phrase, Filters(who=(Who(name, party, country or ""),)), of_text=True)
    return None
