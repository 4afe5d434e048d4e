"""Everything that is wrong with content: its files, and what the gate says of it beside what is published."""

from collections.abc import Collection, Iterable, Iterator

from bot.domain import gate
from bot.domain.base import Link, Path, walk
from bot.domain.gate import Key, World
from bot.domain.record import Record
from bot.domain.statement import Certainty, Statement
from bot.importing.content import Content
from bot.importing.faults import FileFault, in_order
from bot.importing.probes import KINDS, lead_nowhere


def check(
    content: Content, published: Iterable[Record] = (), only: Collection[Key] | None = None
) -> tuple[FileFault, ...]:
    """Return every fault of the content, by file and line, as it would stand beside the `published` records.

    A fault of a published record that no file holds stands in "(published)", line 0. `only` names the records whose
    gate faults are wanted; without it, those of all. What merely follows from a fault already told is left out.
    """
    world = overlaid(published, content.records)
    gated = _of_gate(content, world, only)
    return in_order([*content.faults, *gated, *_of_probes(content, world)])


def overlaid(published: Iterable[Record], records: Iterable[Record]) -> World:
    """Return all that would be published, the new `records` last: where two clash, the gate blames the later one."""
    new: dict[Key, Record] = {(record.kind, record.slug): record for record in records}
    old: dict[Key, Record] = {(record.kind, record.slug): record for record in published}
    return {key: record for key, record in old.items() if key not in new} | new


def _of_gate(content: Content, world: World, only: Collection[Key] | None) -> Iterator[FileFault]:
    parts: dict[Key, dict[Path, object]] = {}
    for fault in gate.faults(world):
        key = (fault.kind, fault.slug)
        if key not in parts:
            parts[key] = dict(walk(world[key]))
        if (only is None or key in only) and not _follows(fault, parts[key].get(fault.path), world, content):
            file, line = content.locate(fault.kind, fault.slug, fault.path)
            yield FileFault(file, line, fault.problem, fault.remedy)


def _follows(fault: gate.Fault, culprit: object, world: World, content: Content) -> bool:
    """Say whether another fault is the cause, one that is told: one thing to mend must not be told ten times."""
    key = (fault.kind, fault.slug)
    if key in content.broken:
        return True  # the gate saw the published state, which the file is about to replace
    if key in content.places and content.places[key].spoils(fault.path):
        return True
    if isinstance(culprit, Link):
        return content.is_lost(culprit.kind, culprit)
    if isinstance(culprit, Statement) and culprit.certainty is Certainty.CONFIRMED:
        return any((cited.source.kind, cited.source) not in world for cited in culprit.cite)
    return False


def _of_probes(content: Content, world: World) -> Iterator[FileFault]:
    if content.unread & KINDS:
        return
    named = {*world, *content.broken}
    yield from lead_nowhere(content.probes, {slug for kind, slug in named if kind in KINDS})
