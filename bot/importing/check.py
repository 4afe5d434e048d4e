"""Everything that is wrong with content: its files, and what the gate says of it beside what is published."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.domain import gate
from bot.domain.base import Link, Path, walk
from bot.domain.gate import Key, World
from bot.domain.record import Record
from bot.domain.statement import Certainty, Statement
from bot.importing.clashes import clashing
from bot.importing.content import Content, slug_taken
from bot.importing.entry import Entry
from bot.importing.faults import PUBLISHED, FileFault, in_order
from bot.importing.probes import KINDS, lead_nowhere


def check(
    content: Content, published: Iterable[Record] = (), only: Collection[Key] | None = None
) -> tuple[FileFault, ...]:
    """Return every fault of the content, by file and line, as it would stand beside the `published` records.

    Of a record that could not be read, what could be is checked all the same: one round tells nearly all of it.

    A fault of a published record that no file holds stands in "(published)", line 0. `only` names the records whose
    gate faults are wanted; without it, those of all. What merely follows from a fault already told is left out.
    """
    known = {_key(record): record for record in published}
    world = overlaid(known.values(), (*content.records, *content.salvaged))
    gated = _of_gate(content, world, only)
    return in_order([*_blamed(content, known), *gated, *_of_probes(content, world)])


def overlaid(published: Iterable[Record], records: Iterable[Record]) -> World:
    """Return all that would be published: what stays as it is, then what changes, then what is new.

    Where two clash, the gate blames the later one: not what readers know already.
    """
    old = {_key(record): record for record in published}
    new = {_key(record): record for record in records}
    same = {key: record for key, record in old.items() if new.get(key, record) == record}
    return same | {key: new[key] for key in old if key not in same} | new


def _key(record: Record) -> Key:
    return record.kind, str(record.slug)


def _blamed(content: Content, published: Mapping[Key, Record]) -> Iterator[FileFault]:
    """Yield the files' own faults; of two entries with one slug the one is blamed that is not published under it."""
    turned = {
        slug_taken(entry, first): slug_taken(first, entry)
        for first, entry in content.taken
        if _is_published(entry, published) and not _is_published(first, published)
    }
    yield from (turned.get(fault, fault) for fault in content.faults)


def _is_published(entry: Entry, published: Mapping[Key, Record]) -> bool:
    record, known = entry.record or entry.salvaged, published.get((entry.kind, entry.slug))
    return bool(known) and getattr(record, "process", None) == getattr(known, "process", None)


def _of_gate(content: Content, world: World, only: Collection[Key] | None) -> Iterator[FileFault]:
    parts: dict[Key, dict[Path, object]] = {}
    for fault in gate.faults(world):
        key = (fault.kind, fault.slug)
        if key not in parts:
            parts[key] = dict(walk(world[key]))
        if (only is None or key in only) and not _follows(fault, parts[key].get(fault.path), world, content):
            file, line = content.locate(fault.kind, fault.slug, fault.path)
            other = clashing(fault, world)
            where = content.locate(*other) if other else (PUBLISHED, 0)
            there = f", in {where[0]}:{where[1]}" if where[0] != PUBLISHED else ""
            yield FileFault(file, line, fault.problem + there, fault.remedy)


def _follows(fault: gate.Fault, culprit: object, world: World, content: Content) -> bool:
    """Say whether another fault is the cause, one that is told: one thing to mend must not be told ten times."""
    key = (fault.kind, fault.slug)
    if key in content.broken:
        if content.places[key].touches(fault.path) or key not in map(_key, content.salvaged):
            return True  # the gate saw a stand-in, or the published state, which the file is about to replace
    elif key in content.places and content.places[key].spoils(fault.path):
        return True
    if isinstance(culprit, Link):
        return content.is_lost(culprit.kind, culprit)
    if isinstance(culprit, Statement) and culprit.certainty is Certainty.CONFIRMED:
        sources = [(cited.source.kind, str(cited.source)) for cited in culprit.cite]
        return any(source not in world or source in content.broken for source in sources)
    return False


def _of_probes(content: Content, world: World) -> Iterator[FileFault]:
    if content.unread & KINDS:
        return
    named = {*world, *content.broken}
    yield from lead_nowhere(content.probes, {slug for kind, slug in named if kind in KINDS})
