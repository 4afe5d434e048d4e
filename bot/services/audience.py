"""Audiences: who hears of a change of records, as followers or because they were told what was wrong."""

from collections.abc import Iterable, Sequence

from bot.domain.base import Kind
from bot.domain.process import Process
from bot.domain.record import Filed, Record
from bot.domain.revision import Change, RevisionRef
from bot.storage import corrections, records
from bot.storage.broadcasts import Audience
from bot.storage.corrections import Corrected
from bot.storage.database import Connection
from bot.storage.records import Key, NewRevision

FOLLOWED = (Kind.PROCESS, Kind.AGREEMENT, Kind.PARTY)  # the kinds of record that can be followed
WRONG = (Change.CORRECTION, Change.RETRACTION)


def process_of(record: Record) -> str:
    """Return the process whose followers hear of the record; "" for one that belongs to none."""
    if isinstance(record, Process):
        return str(record.slug)
    return str(record.process) if isinstance(record, Filed) else ""


async def followers_of(connection: Connection, changed: Iterable[Record]) -> tuple[Audience, ...]:
    """Return whose followers hear of these records: all of everything, the process, what they name or are."""
    keys = list(dict.fromkeys(key for record in changed for key in _touched(record)))
    ids = await records.ids(connection, keys)
    return (Audience(), *(Audience(ids[key]) for key in keys if key in ids))


def told(corrected: Iterable[Corrected]) -> tuple[Audience, ...]:
    """Return whoever was told a revision that was wrong."""
    return tuple(Audience(ref.record, ref.number) for item in corrected for ref in item.wrong)


async def corrected_by(
    connection: Connection, new: Sequence[NewRevision], refs: Sequence[RevisionRef]
) -> tuple[Corrected, ...]:
    """Return what the revisions put right, each since the revision that it names or the last that changed facts."""
    found = []
    for revision, ref in zip(new, refs, strict=True):
        if revision.change in WRONG and ref.number > 1:
            since = revision.since or await corrections.wrong_since(connection, ref.record, ref.number)
            found.append(Corrected(ref, min(since, ref.number - 1)))
    return tuple(found)


def _touched(record: Record) -> tuple[Key, ...]:
    """Return the process first, then the record itself, then the agreements and parties that it names."""
    if isinstance(record, Process):
        return ((Kind.PROCESS, str(record.slug)),)  # its brief names every party, which is no news of theirs
    named = ((link.kind, str(link)) for _, link in record.references() if link.kind in FOLLOWED)
    own = ((record.kind, str(record.slug)),) if record.kind in FOLLOWED else ()
    return ((Kind.PROCESS, process_of(record)), *own, *named)
