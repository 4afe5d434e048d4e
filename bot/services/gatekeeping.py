"""The gate at work: what it says of a change to what is published. The desk, import and `parley check` all ask here."""

import asyncio
from collections.abc import Collection, Sequence

from bot.catalogue.findability import findability_of
from bot.domain.findability import Probe, misled
from bot.domain.gate import GateWarning, Judgement, Key, World, new_faults
from bot.domain.record import Record
from bot.importing import overlaid


async def judge(
    published: Sequence[Record], changes: Sequence[Record], probes: Sequence[Probe] = (), gone: Collection[Key] = ()
) -> Judgement:
    """Return what the gate says of publishing `changes` and withdrawing `gone` beside what is `published`.

    Only what the change brings about: what is wrong already does not count. Runs off the event loop.
    """
    return await asyncio.to_thread(_judge, published, changes, probes, gone)


def warnings_of(
    published: Sequence[Record], world: World, probes: Sequence[Probe], changed: Collection[Key]
) -> tuple[GateWarning, ...]:
    """Return the gate's warnings of `world`, which is to take the place of what is `published`. Much work.

    Where nothing is published no probe can be answered newly wrong: `parley probe` measures how the content does.
    """
    asked = probes if published else ()
    return misled(world, changed, asked, before=findability_of(published), after=findability_of(world.values()))


def _judge(
    published: Sequence[Record], changes: Sequence[Record], probes: Sequence[Probe], gone: Collection[Key]
) -> Judgement:
    before = {key_of(record): record for record in published}
    after = {key: record for key, record in overlaid(published, changes).items() if key not in gone}
    if faults := new_faults(before, after):
        return Judgement(faults)  # nothing is published while there are any, so nobody would find it
    changed = [key_of(record) for record in changes if before.get(key_of(record)) != record]
    return Judgement((), warnings_of(published, after, probes, changed))


def key_of(record: Record) -> Key:
    """Return the record's kind and slug."""
    return record.kind, str(record.slug)
