"""Completion: which words may follow what has been typed; knows commands and names, and nothing of any prompt."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.catalogue.snapshot import Snapshot
from bot.commands import cards
from bot.commands.registry import COMMANDS
from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.record import Record

# What each command can be told, in the order in which to offer it.
_NAMED: Final[Mapping[str, tuple[Kind, ...]]] = {
    "agreement": (Kind.AGREEMENT,),
    "agreements": (Kind.PARTY, Kind.PROCESS),
    "brief": (Kind.PROCESS,),
    "party": (Kind.PARTY,),
    "positions": (Kind.AGREEMENT, Kind.PROCESS),
    "questions": (Kind.PROCESS,),
    "sources": (Kind.QUESTION, Kind.AGREEMENT, Kind.PROCESS),
    "timeline": (Kind.PROCESS,),
    "topics": (Kind.PROCESS,),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may take the place of the last `replaces` characters, and what they stand for."""

    text: str
    replaces: int
    about: str


def candidates(line: str, snapshot: Snapshot, menu: Mapping[str, str]) -> Iterator[Candidate]:
    """Yield what `line` may become: commands, described by `menu`, or behind one the records that it can be told."""
    if not line.startswith("/"):
        return
    command, space, typed = line.partition(" ")
    if space:
        yield from _names(typed.lstrip(), _records(snapshot, _NAMED.get(command[1:].lower(), ())))
        return
    for name, about in _commands(snapshot, menu):
        if name.startswith(line[1:].lower()):
            yield Candidate(f"/{name}", len(line), about)


def _commands(snapshot: Snapshot, menu: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for command in COMMANDS:
        if command.listed and command.role is None:
            yield command.name, menu.get(command.name, "")
    for name, revision in snapshot.by_command.items():
        yield name, revision.record.question
    yield from ((name, about) for name, about in menu.items() if name not in {command.name for command in COMMANDS})


def _records(snapshot: Snapshot, kinds: Iterable[Kind]) -> Iterator[Record]:
    tables = {
        Kind.AGREEMENT: snapshot.agreements,
        Kind.PARTY: snapshot.parties,
        Kind.PROCESS: snapshot.processes,
        Kind.QUESTION: snapshot.questions,
    }
    for kind in kinds:
        yield from (revision.record for revision in tables[kind].values())


def _names(typed: str, records: Iterable[Record]) -> Iterator[Candidate]:
    """Yield the slugs of records that are called what is typed; those whose slug begins with it come first."""
    wanted = typed.casefold()
    found = [record for record in records if any(wanted in name.casefold() for name in _called(record))]
    for record in sorted(found, key=lambda record: not record.slug.startswith(wanted)):
        yield Candidate(str(record.slug), len(typed), cards.title(record))


def _called(record: Record) -> tuple[str, ...]:
    aliases = record.aliases if isinstance(record, (Agreement, Party, Process)) else ()
    return (str(record.slug), cards.title(record), *aliases)
