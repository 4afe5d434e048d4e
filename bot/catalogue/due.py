"""What is due to be checked again: stale records, and those past the day that an editor set for it."""

from datetime import date

from bot.catalogue.snapshot import Snapshot
from bot.domain.process import Process
from bot.domain.record import Dated
from bot.domain.revision import Revision
from bot.domain.staleness import Stale, staleness

DatedRevision = Revision[Dated] | Revision[Process]


def due(snapshot: Snapshot, today: date) -> tuple[tuple[DatedRevision, Stale], ...]:
    """Return every published record that is due to be checked, the one due longest first."""
    dated: tuple[DatedRevision, ...] = (
        *snapshot.processes.values(),
        *snapshot.questions.values(),
        *snapshot.agreements.values(),
        *snapshot.events.values(),
    )
    found = ((revision, staleness(revision.record, snapshot.process_of(revision.record), today)) for revision in dated)
    stale = [(revision, since) for revision, since in found if since]
    return tuple(sorted(stale, key=lambda item: (item[1].since, item[0].ref)))
