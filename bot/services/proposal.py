"""A proposal: what is about to be published, exactly as it was shown to whoever confirmed it."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import JsonValue

from bot.domain.base import Kind, Model
from bot.domain.gate import Key
from bot.domain.kinds import read_body
from bot.domain.process import Process
from bot.domain.record import Filed, Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.services.gatekeeping import key_of
from bot.storage.records import NewRevision


class ProposedRecord(Model):
    """A record as it is to be; `base` is the revision that it replaces, "" for a new one."""

    kind: Kind
    shape: int
    body: dict[str, JsonValue]
    base: str = ""
    since: int | None = None

    @property
    def record(self) -> Record:
        """Return the record."""
        return read_body(self.kind, self.shape, self.body)


class Proposal(Model):
    """Records to be published, or withdrawn, together; or a bulletin to a process's followers."""

    records: tuple[ProposedRecord, ...] = ()
    change: Change = Change.UPDATE
    note: str = ""
    process: str = ""
    bulletin: str = ""

    def revisions(self) -> tuple[NewRevision, ...]:
        """Return what is to be written: new records are news, whatever the kind of change."""
        return tuple(
            NewRevision(item.record, self.change if item.base else Change.UPDATE, self.note, item.since)
            for item in self.records
        )


def proposed(
    records: Iterable[Record],
    published: Iterable[Revision[Record]],
    *,
    change: Change = Change.UPDATE,
    note: str = "",
    since: int | None = None,
) -> Proposal:
    """Return the proposal to publish these records in place of what is published."""
    current = {key_of(revision.record): revision.ref for revision in published}
    items = tuple(
        ProposedRecord(
            kind=record.kind,
            shape=type(record).shape,
            body=record.model_dump(mode="json", exclude_defaults=True),
            base=str(current.get(key_of(record), "")),
            since=since,
        )
        for record in records
    )
    first = items[0].record if items else None
    return Proposal(records=items, change=change, note=note, process=process_of(first) if first else "")


def overtaken(proposal: Proposal, current: Mapping[Key, RevisionRef]) -> tuple[Record, ...]:
    """Return the records that somebody else has changed since the proposal was made."""
    records = ((item, item.record) for item in proposal.records)
    return tuple(record for item, record in records if str(current.get(key_of(record), "")) != item.base)


def needs_second(proposal: Proposal, published: Sequence[Record]) -> bool:
    """Return whether a second editor has to approve it, by what is published of any process that it is about.

    So whoever lifts the rule needs a second editor too.
    """
    about = {proposal.process, *(process_of(item.record) for item in proposal.records)}
    processes = (record for record in published if isinstance(record, Process))
    return any(process.four_eyes for process in processes if str(process.slug) in about)


def process_of(record: Record) -> str:
    """Return the process that the record is about; its own slug for a process."""
    if isinstance(record, Process):
        return str(record.slug)
    return str(record.process) if isinstance(record, Filed) else ""
