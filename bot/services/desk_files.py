"""The desk from a shell: content files published, a record withdrawn; the same gate, audit and second editor."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.gate import note_over
from bot.domain.record import Record
from bot.domain.revision import Change, Revision
from bot.errors import ChangeNeeded, ContentRefused
from bot.services.gatekeeping import key_of
from bot.services.proposal import Proposal, proposed
from bot.services.publish import published_now
from bot.services.publishing import Publishing
from bot.services.upload import check_upload, read_upload
from bot.storage.proposals import State, Stored

_OVER = "Mend what is warned of, or add --over-warnings: the note will say so."


@dataclass(frozen=True, slots=True)
class Asked:
    """How something is to be published: by whom, as which kind of change, why, since which revision it was wrong."""

    by: str
    change: Change | None
    note: str
    since: int | None = None
    over_warnings: bool = False


async def publish_file(
    publishing: Publishing, name: str, data: bytes, process: str, asked: Asked, now: datetime
) -> Stored | None:
    """Publish a content file, or a zip of them; returns what became of it, None where it changes nothing. Commits.

    Raises ContentRefused with every fault, or warning, and ChangeNeeded where published records would change and
    `asked` does not say how.
    """
    published = await _published(publishing)
    process = process or default_process(published)
    checked = await check_upload(await read_upload(name, data, process), published)
    if checked.faults:
        raise ContentRefused(tuple(map(str, checked.faults)))
    if not (checked.new or checked.changed):
        return None
    if checked.changed and (asked.change is None or not asked.note):
        names = ", ".join("/".join(key_of(record)) for record in checked.changed)
        raise ChangeNeeded(f"This would change what is published ({names}): add --change KIND --note '…'.")
    records = (*checked.new, *checked.changed)
    change = asked.change or Change.UPDATE
    return await _submit(publishing, proposed(records, published, change=change, since=asked.since), asked, now)


async def retire_record(publishing: Publishing, name: str, asked: Asked, now: datetime) -> Stored:
    """Withdraw the record of that slug, or kind and slug; returns what became of it. Commits.

    Raises ContentRefused where there is no one such record, or where others need it.
    """
    published = await _published(publishing)
    found = [rev.record for rev in published if name in {str(rev.record.slug), "/".join(key_of(rev.record))}]
    if len(found) != 1:
        names = ", ".join("/".join(key_of(record)) for record in found)
        raise ContentRefused((f"{name} names several records: {names}" if found else f"no record is called {name}",))
    proposal = proposed(found, published, change=Change.RETRACTION, since=asked.since)
    return await _submit(publishing, proposal, asked, now)


def default_process(published: tuple[Revision[Record], ...]) -> str:
    """Return the process that files without one belong to, "" while there is none."""
    processes = [rev.record for rev in published if rev.record.kind == "process"]
    marked = [process for process in processes if getattr(process, "default", False)]
    return str((marked or processes)[0].slug) if processes else ""


async def _published(publishing: Publishing) -> tuple[Revision[Record], ...]:
    async with publishing.database.read() as connection:
        return await published_now(connection)


async def _submit(publishing: Publishing, proposal: Proposal, asked: Asked, now: datetime) -> Stored:
    """Publish at once, for a script waits for nobody but a second editor."""
    published = [revision.record for revision in await _published(publishing)]
    judgement = await publishing.judged(proposal, published)
    if judgement.faults:
        raise ContentRefused(tuple(f"{fault.kind} {fault.slug}: {fault.problem}" for fault in judgement.faults))
    if judgement.warnings and not asked.over_warnings:
        raise ContentRefused((*(f"{found.problem}: {found.remedy}" for found in judgement.warnings), _OVER))
    noted = proposal.model_copy(update={"note": note_over(asked.note, judgement.warnings)})
    async with publishing.database.write() as connection:
        stored = await publishing.submit(connection, noted, by=asked.by, now=now, hold=timedelta())
    if stored.state is State.REFUSED:
        raise ContentRefused((stored.reason,))
    return stored
