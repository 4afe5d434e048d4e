"""Publishing: everything that the desk publishes goes through here, from its confirmation to the readers.

A proposal that was confirmed waits for a second editor where its process wants one, is held for a moment in which it
can be taken back, and is carried out once, in one transaction with its own end: by whoever says "send now", or by the
watcher of a running process, this one or the next.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.draft import Plan
from bot.domain.gate import new_faults
from bot.domain.revision import Change, RevisionRef
from bot.domain.roles import Role
from bot.errors import StorageError
from bot.importing import overlaid
from bot.rendering.engine import DEFAULT_LOCALE
from bot.services.broadcast import write_bulletin
from bot.services.gatekeeping import key_of
from bot.services.proposal import Proposal, needs_second, overtaken
from bot.services.publish import published_now, write_publication
from bot.services.reach import Reach, reach
from bot.services.team import Team, author
from bot.storage import audit, drafts, proposals
from bot.storage.database import Connection, Database
from bot.storage.outbox import owe
from bot.storage.proposals import State, Stored

_LOG: Final = logging.getLogger(__name__)
_LOOK: Final = 1.0  # seconds
_TELEGRAM: Final = "telegram"
OVERTAKEN, CHANGED, REVOKED = "overtaken", "changed", "revoked"  # reasons that are no text of the gate's


@dataclass(frozen=True, slots=True)
class Publishing:
    """The one way to readers. `hold` is how long something can be taken back."""

    database: Database
    team: Team
    hold: timedelta

    async def submit(
        self,
        connection: Connection,
        proposal: Proposal,
        *,
        by: str,
        now: datetime,
        draft: int | None = None,
        version: int | None = None,
        hold: timedelta | None = None,
    ) -> Stored:
        """Take a confirmed proposal; returns what has become of it. Does not commit."""
        published = [revision.record for revision in await published_now(connection)]
        second = needs_second(proposal, published)
        wait = self.hold if hold is None else hold
        state, due = (State.WAITING, None) if second else (State.HELD, now + wait)
        body = proposal.model_dump_json(exclude_defaults=True)
        number = await proposals.add(connection, state, by, body, now, due=due, draft=draft, version=version)
        did = "asked for approval of" if second else "confirmed"
        await audit.note(connection, now, by, did, _what(number, proposal))
        if second:
            await self._ask_others(connection, number, by, now)
        elif not wait:
            await self._carry_out(connection, number, now, seen_by=by)
        return await _read(connection, number)

    async def read(self, number: int) -> Stored | None:
        """Return the proposal of that number, None where there is none."""
        async with self.database.read() as connection:
            return await proposals.read(connection, number)

    async def reach(self, proposal: Proposal, now: datetime) -> Reach:
        """Return whom publishing the proposal would reach."""
        async with self.database.read() as connection:
            return await reach(connection, proposal.revisions(), now=now)

    async def waiting(self) -> tuple[Stored, ...]:
        """Return what waits for a second editor, is held, or was refused, the newest first."""
        async with self.database.read() as connection:
            return await proposals.standing(connection, (State.WAITING, State.HELD, State.REFUSED))

    async def approve(self, number: int, reader: int, now: datetime) -> Stored | None:
        """Approve it as a second editor; returns what has become of it, None for whoever wrote it. Commits.

        The approval is of what was shown: where the draft has changed since, it is refused instead.
        """
        async with self.database.write() as connection:
            found = await proposals.read(connection, number)
            if found is None or found.state is not State.WAITING:
                return found
            draft = await drafts.read(connection, found.draft) if found.draft else None
            if author(reader) == found.author or (draft and draft.author == reader):
                return None
            proposal = Proposal.model_validate_json(found.body)
            if found.draft and (draft is None or draft.version != found.version):
                await self._refuse(connection, found, proposal, CHANGED, now)
                return await _read(connection, number)
            await proposals.move(
                connection, number, (State.WAITING,), State.HELD, due=now + self.hold, approver=author(reader)
            )
            await audit.note(connection, now, author(reader), "approved", _what(number, proposal))
            if not self.hold:
                await self._carry_out(connection, number, now, seen_by=author(reader))
            return await _read(connection, number)

    async def withdraw(self, number: int, reader: int, now: datetime) -> Stored | None:
        """Keep it from going out: its author takes it back, anybody else of the desk sends it back. Commits."""
        async with self.database.write() as connection:
            found = await proposals.read(connection, number)
            if found is None:
                return None
            mine = author(reader) == found.author
            after = State.TAKEN_BACK if mine else State.SENT_BACK
            if await proposals.move(connection, number, (State.WAITING, State.HELD), after):
                what = _what(number, Proposal.model_validate_json(found.body))
                await audit.note(connection, now, author(reader), "took back" if mine else "sent back", what)
                await _tell(connection, found, author(reader), now)
            return await proposals.read(connection, number)

    async def send_now(self, number: int, reader: int, now: datetime) -> Stored | None:
        """Carry out what is held without waiting any longer; returns what has become of it. Commits."""
        async with self.database.write() as connection:
            await self._carry_out(connection, number, now, seen_by=author(reader))
            return await proposals.read(connection, number)

    async def carry_out_due(self, now: datetime) -> int:
        """Carry out everything whose time has come, each in a transaction of its own; returns how many. Commits."""
        async with self.database.read() as connection:
            numbers = await proposals.due(connection, now)
        for number in numbers:
            async with self.database.write() as connection:
                await self._carry_out(connection, number, now, seen_by="")
        return len(numbers)

    async def watch(self, clock: Callable[[], datetime], then: Callable[[], Awaitable[object]]) -> None:
        """Look each second for what is due, until cancelled; do `then` when something was carried out."""
        while True:
            try:
                if await self.carry_out_due(clock()):
                    await then()
            except StorageError as error:
                _LOG.warning("What is due could not be published; trying again: %s", error)
            except Exception:  # noqa: BLE001 - logged: one proposal that fails must not keep back all others for ever
                _LOG.exception("What is due could not be published; trying again.")
            await asyncio.sleep(_LOOK)

    async def _carry_out(self, connection: Connection, number: int, now: datetime, *, seen_by: str) -> None:
        """Publish what is held, or note why that cannot be; whoever comes second finds it done. Does not commit.

        Its author is told, unless they are the one who sees it happen.
        """
        found = await proposals.read(connection, number)
        if found is None or found.state is not State.HELD:
            return
        await _tell(connection, found, seen_by, now)
        proposal = Proposal.model_validate_json(found.body)
        if reason := await self._hindrance(connection, found, proposal):
            await self._refuse(connection, found, proposal, reason, now)
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
        await audit.note(connection, now, found.author, "published", _what(number, proposal))

    async def _hindrance(self, connection: Connection, found: Stored, proposal: Proposal) -> str:
        """Return what keeps it from being published by now, "" where nothing does."""
        if not await self._may_publish(connection, found.author):
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

    async def _may_publish(self, connection: Connection, by: str) -> bool:
        """Say whether whoever confirmed it is still an editor; whoever works at the machine itself always is."""
        channel, _, reader = by.partition(":")
        if channel != _TELEGRAM:
            return True
        return await self.team.has_in(connection, int(reader), Role.EDITOR)

    async def _ask_others(self, connection: Connection, number: int, by: str, now: datetime) -> None:
        """Owe the question to all who may approve it."""
        editors = (member.reader for member in self.team.members if member.role and member.role.covers(Role.EDITOR))
        for reader in dict.fromkeys((*sorted(self.team.owners), *editors)):
            if author(reader) != by:
                await owe(connection, reader, DEFAULT_LOCALE, f"/approve {number}", now=now)

    async def _refuse(
        self, connection: Connection, found: Stored, proposal: Proposal, reason: str, now: datetime
    ) -> None:
        await proposals.move(connection, found.id, (State.WAITING, State.HELD), State.REFUSED, reason=reason)
        await audit.note(connection, now, "parley", "refused", f"{_what(found.id, proposal)} ({reason})")


async def _tell(connection: Connection, found: Stored, seen_by: str, now: datetime) -> None:
    """Owe the author the word of what has become of it."""
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


async def _read(connection: Connection, number: int) -> Stored:
    found = await proposals.read(connection, number)
    if found is None:
        raise StorageError(f"Proposal {number} has gone from the database.")
    return found


def _what(number: int, proposal: Proposal) -> str:
    """Return what the audit calls the proposal."""
    if proposal.bulletin:
        return f"no. {number}: bulletin on {proposal.process}"
    names = ", ".join(f"{item.kind} {item.record.slug}" for item in proposal.records)
    return f"no. {number}: {proposal.change.value} of {names}" + (f": {proposal.note}" if proposal.note else "")
