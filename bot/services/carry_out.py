"""Carrying out: what is held becomes a publication, in one transaction with its own end, or is refused, with why."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.domain.draft import Plan
from bot.domain.gate import new_faults
from bot.domain.revision import Change, RevisionRef
from bot.domain.roles import Role
from bot.importing import overlaid
from bot.rendering.engine import DEFAULT_LOCALE
from bot.services.broadcast import write_bulletin
from bot.services.gatekeeping import key_of
from bot.services.proposal import Proposal, overtaken
from bot.services.publish import published_now, write_publication
from bot.services.team import Team, author
from bot.storage import audit, drafts, proposals
from bot.storage.database import Connection
from bot.storage.outbox import owe
from bot.storage.proposals import State, Stored

_TELEGRAM: Final = "telegram"
# Reasons that are no text of the gate's.
OVERTAKEN, CHANGED, REVOKED, FAILED = "overtaken", "changed", "revoked", "failed"


async def carry_out(connection: Connection, team: Team, number: int, now: datetime, *, seen_by: str) -> None:
    """Publish what is held, or note why that cannot be; whoever comes second finds it done. Does not commit.

    Its author is told, unless they are the one who sees it happen.
    """
    found = await proposals.read(connection, number)
    if found is None or found.state is not State.HELD:
        return
    await tell(connection, found, seen_by, now)
    proposal = Proposal.model_validate_json(found.body)
    if reason := await _hindrance(connection, team, found, proposal):
        await refuse(connection, found, proposal, reason, now)
        return
    refs: tuple[RevisionRef, ...] = ()
    if proposal.bulletin:
        done = await write_bulletin(connection, proposal.process, proposal.bulletin, author=found.author, now=now)
    else:
        revisions = proposal.revisions()
        written = await write_publication(connection, revisions, author=found.author, note=proposal.note, now=now)
        done, refs = written.number, written.refs
    await proposals.move(connection, number, (State.HELD,), State.DONE, reason=str(done))
    await _settle_draft(connection, found, refs)
    await audit.note(connection, now, found.author, "published", what_of(number, proposal))


async def _hindrance(connection: Connection, team: Team, found: Stored, proposal: Proposal) -> str:
    """Return what keeps it from being published by now, "" where nothing does."""
    if not await _may_publish(connection, team, found.author):
        return REVOKED
    published = await published_now(connection)
    if overtaken(proposal, {key_of(revision.record): revision.ref for revision in published}):
        return OVERTAKEN
    before = {key_of(revision.record): revision.record for revision in published}
    records = [item.record for item in proposal.records]
    gone = {key_of(record) for record in records} if proposal.change is Change.RETRACTION else set()
    after = {key: record for key, record in overlaid(before.values(), records).items() if key not in gone}
    faults = await asyncio.to_thread(new_faults, before, after)
    return "\n".join(f"{fault.kind} {fault.slug}: {fault.problem}: {fault.remedy}" for fault in faults)


async def _may_publish(connection: Connection, team: Team, by: str) -> bool:
    """Say whether whoever confirmed it is still an editor; whoever works at the machine itself always is."""
    channel, _, reader = by.partition(":")
    if channel != _TELEGRAM:
        return True
    return await team.has_in(connection, int(reader), Role.EDITOR)


async def refuse(connection: Connection, found: Stored, proposal: Proposal, reason: str, now: datetime) -> None:
    """Note why the proposal is not carried out. Does not commit."""
    await proposals.move(connection, found.id, (State.WAITING, State.HELD), State.REFUSED, reason=reason)
    await audit.note(connection, now, "parley", "refused", f"{what_of(found.id, proposal)} ({reason})")


async def ask_others(connection: Connection, team: Team, number: int, by: str, now: datetime) -> None:
    """Owe the question to all who may approve it. Does not commit."""
    editors = (member.reader for member in team.members if member.role and member.role.covers(Role.EDITOR))
    for reader in dict.fromkeys((*sorted(team.owners), *editors)):
        if author(reader) != by:
            await owe(connection, reader, DEFAULT_LOCALE, f"/approve {number}", now=now)


async def tell(connection: Connection, found: Stored, seen_by: str, now: datetime) -> None:
    """Owe the author the word of what has become of it, unless they have just seen it. Does not commit."""
    channel, _, reader = found.author.partition(":")
    if channel == _TELEGRAM and found.author != seen_by:
        await owe(connection, int(reader), DEFAULT_LOCALE, f"/held {found.id}", now=now)


async def _settle_draft(connection: Connection, done: Stored, refs: Sequence[RevisionRef]) -> None:
    """End the draft that was published; what was written in it since stays, as a change of what is published now."""
    draft = await drafts.read(connection, done.draft) if done.draft else None
    if draft is None:
        return
    if draft.version == done.version or not refs:
        await drafts.discard(connection, draft.id)
    else:
        await drafts.write(connection, replace(draft, base=refs[0], plan=Plan()), draft.version)


def what_of(number: int, proposal: Proposal) -> str:
    """Return what the audit calls the proposal."""
    if proposal.bulletin:
        return f"no. {number}: bulletin on {proposal.process}"
    names = ", ".join(f"{item.kind} {item.record.slug}" for item in proposal.records)
    return f"no. {number}: {proposal.change.value} of {names}" + (f": {proposal.note}" if proposal.note else "")
