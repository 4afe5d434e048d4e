"""Publishing: everything that the desk publishes goes through here, from its confirmation to the readers.

A proposal that was confirmed waits for a second editor where its process wants one, is held for a moment in which it
can be taken back, and is carried out once, in one transaction with its own end: by whoever says "send now", or by the
watcher of a running process, this one or the next.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.gate import Judgement
from bot.domain.record import Record
from bot.domain.revision import Change
from bot.errors import StorageError
from bot.services.carry_out import CHANGED, FAILED, ask_others, carry_out, refuse, tell, what_of
from bot.services.gatekeeping import judge, key_of
from bot.services.probes import Probes
from bot.services.proposal import Proposal, needs_second, process_of
from bot.services.publish import published_now
from bot.services.reach import Reach, reach
from bot.services.team import Team, author
from bot.storage import audit, drafts, proposals
from bot.storage.database import Connection, Database
from bot.storage.proposals import State, Stored

_LOG: Final = logging.getLogger(__name__)
_LOOK: Final = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Publishing:
    """The one way to readers. `hold` is how long something can be taken back."""

    database: Database
    team: Team
    hold: timedelta
    probes: Probes

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
        await audit.note(connection, now, by, did, what_of(number, proposal))
        if second:
            await ask_others(connection, self.team, number, by, now)
        elif not wait:
            await carry_out(connection, self.team, number, now, seen_by=by)
        return await _read(connection, number)

    async def read(self, number: int) -> Stored | None:
        """Return the proposal of that number, None where there is none."""
        async with self.database.read() as connection:
            return await proposals.read(connection, number)

    async def reach(self, proposal: Proposal, now: datetime) -> Reach:
        """Return whom publishing the proposal would reach."""
        async with self.database.read() as connection:
            return await reach(connection, proposal.revisions(), now=now)

    async def judged(self, proposal: Proposal, published: Sequence[Record]) -> Judgement:
        """Return what the gate says of publishing the proposal; its processes' probes are asked anew."""
        records = [item.record for item in proposal.records]
        if proposal.change is Change.RETRACTION:
            return await judge(published, [], gone={key_of(record) for record in records})
        about = {process_of(record) for record in records}
        probes = [probe for probe in await self.probes.all() if probe.process in about]
        return await judge(published, records, probes)

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
                await refuse(connection, found, proposal, CHANGED, now)
                return await _read(connection, number)
            await proposals.move(
                connection, number, (State.WAITING,), State.HELD, due=now + self.hold, approver=author(reader)
            )
            await audit.note(connection, now, author(reader), "approved", what_of(number, proposal))
            if not self.hold:
                await carry_out(connection, self.team, number, now, seen_by=author(reader))
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
                what = what_of(number, Proposal.model_validate_json(found.body))
                await audit.note(connection, now, author(reader), "took back" if mine else "sent back", what)
                await tell(connection, found, author(reader), now)
            return await proposals.read(connection, number)

    async def send_now(self, number: int, reader: int, now: datetime) -> Stored | None:
        """Carry out what is held without waiting any longer; returns what has become of it. Commits."""
        async with self.database.write() as connection:
            await carry_out(connection, self.team, number, now, seen_by=author(reader))
            return await proposals.read(connection, number)

    async def carry_out_due(self, now: datetime) -> int:
        """Carry out everything whose time has come, each in a transaction of its own; returns how many. Commits.

        One that fails for another reason than the database is refused: tried again it would fail again, every second.
        """
        async with self.database.read() as connection:
            numbers = await proposals.due(connection, now)
        for number in numbers:
            try:
                async with self.database.write() as connection:
                    await carry_out(connection, self.team, number, now, seen_by="")
            except StorageError:
                raise
            except Exception:  # noqa: BLE001 - logged; whatever it was, the others' time has come too
                _LOG.exception("What was confirmed as no. %d could not be published.", number)
                async with self.database.write() as connection:
                    await proposals.move(connection, number, (State.HELD,), State.REFUSED, reason=FAILED)
        return len(numbers)

    async def watch(self, clock: Callable[[], datetime], then: Callable[[], Awaitable[object]]) -> None:
        """Look each second for what is due, until cancelled; do `then` when something was carried out."""
        while True:
            try:
                if await self.carry_out_due(clock()):
                    await then()
            except StorageError as error:
                _LOG.warning("What is due could not be published; trying again: %s", error)
            await asyncio.sleep(_LOOK)


async def _read(connection: Connection, number: int) -> Stored:
    found = await proposals.read(connection, number)
    if found is None:
        raise StorageError(f"Proposal {number} has gone from the database.")
    return found
