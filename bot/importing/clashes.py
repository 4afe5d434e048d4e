"""Clashes: what a fault of the gate is at odds with, so that the fault can say where that stands."""

from collections.abc import Iterator

from bot.domain.base import Kind, Path
from bot.domain.gate import Fault, World
from bot.domain.party import Party
from bot.domain.process import Process
from bot.domain.question import Question
from bot.domain.record import Record

Part = tuple[Kind, str, Path]


def clashing(fault: Fault, world: World) -> Part | None:
    """Return the part that came first of two that only one record may have; None for any other fault."""
    culprit = world[fault.kind, fault.slug]
    wanted = dict(_claims(culprit)).get(fault.path)
    if wanted is None:
        return None
    for record in world.values():
        for path, claim in _claims(record):
            if claim == wanted and record is not culprit:
                return record.kind, str(record.slug), path
    return None


def _claims(record: Record) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Yield what the record claims for itself alone: its command, its names, to be the default."""
    match record:
        case Question():
            if record.command:
                yield ("command",), ("command", record.command)
        case Process():
            if record.default:
                yield ("default",), ("default", "")
        case Party():
            yield ("name",), ("name", record.name.casefold())
            yield from ((("aliases", at), ("name", alias.casefold())) for at, alias in enumerate(record.aliases))
