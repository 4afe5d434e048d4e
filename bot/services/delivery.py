"""Delivery: what is owed is claimed, sent by a channel, and settled only when Telegram has confirmed it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.agreement import Agreement
from bot.domain.revision import Revision, RevisionRef
from bot.services import digests, reminders
from bot.services.reach import CORRECTION_AGE
from bot.storage import claiming, filling, ledger, notices, outbox, subscriptions, tally
from bot.storage.database import Connection, Database
from bot.storage.ledger import Confirmed, Entry
from bot.storage.outbox import NewOwed, Owed, Rank, Settled, State

LEASE: Final = timedelta(minutes=5)  # longer than the slowest sending; a killed worker's messages wait so long
_FILL: Final = 500  # owed messages made in one transaction, so that a large audience keeps nobody waiting
_TRIES: Final = 5
_LEARN: Final = timedelta(minutes=1)
_PATIENCE: Final = 150  # tries, a day in all
_LONGEST: Final = timedelta(minutes=10)
_AGAIN: Final = timedelta(minutes=1)  # times the tries so far


@dataclass(frozen=True, slots=True)
class _Done:
    """What is noted together of a message: what has become of it, and which messages the ledger's entries became.

    Of a corrected one also what it tells now, and the notice that its reader is owed.
    """

    settled: Settled
    confirmed: tuple[Confirmed, ...] = ()
    entry: int = 0
    tells: tuple[RevisionRef, ...] = ()
    notice: NewOwed | None = None


@dataclass(slots=True)
class Delivery:
    """The outbox as a worker uses it. At-least-once: a message sent but not settled when its lease ends goes again.

    `gone` holds the chats that cannot be reached, so that a message from any other costs no look at the database.
    What has become of messages is noted in groups.
    """

    database: Database
    gone: set[int]
    correction_age: timedelta
    desk: int | None = None  # the chat where the desk is reminded too
    _looked: datetime | None = None
    _learnt: datetime | None = None
    _reminded: tuple[int, date, int] | None = None  # the publication, day and hour of the last look for reminders

    @classmethod
    async def open(
        cls, database: Database, correction_age: timedelta = CORRECTION_AGE, desk: int | None = None
    ) -> "Delivery":
        """Return the delivery with the chats that are known to be gone."""
        async with database.read() as connection:
            return cls(database, await subscriptions.all_gone(connection), correction_age, desk)

    async def look(self, publication: int, agreements: Iterable[Revision[Agreement]], now: datetime) -> None:
        """Owe the reminders and digests whose time has come, and notice a clock that was put back. Commits.

        The agreements are gone through once an hour, and after each publication.
        """
        if self._looked is None or now < self._looked:
            await self._mend_times(now)
        self._looked = now
        await self._learn(now)
        reminded = (publication, now.date(), now.hour)
        if reminded != self._reminded:
            await reminders.remind(self.database, agreements, self.desk, now)
            self._reminded = reminded
        while await digests.keep(self.database, now):
            pass

    async def _mend_times(self, now: datetime) -> None:
        async with self.database.read() as connection:
            if not await outbox.times_to_mend(connection, now):
                return
        async with self.database.write() as connection:
            await outbox.mend_times(connection, now)

    async def _learn(self, now: datetime) -> None:
        """Learn each minute which chats other processes have found gone, so that their coming back is noticed here."""
        if self._learnt is not None and timedelta() <= now - self._learnt < _LEARN:
            return
        async with self.database.read() as connection:
            gone = await subscriptions.all_gone(connection)
        self.gone.clear()
        self.gone.update(gone)
        self._learnt = now

    async def waiting(self, now: datetime) -> bool:
        """Return whether there is anything to fill or to claim."""
        async with self.database.read() as connection:
            return await claiming.waiting(connection, now)

    async def fill(self, now: datetime) -> bool:
        """Make some hundred owed messages of a broadcast that lacks some; returns whether any lacked. Commits."""
        async with self.database.write() as connection:
            return await filling.fill(connection, _FILL, now, now - self.correction_age)

    async def claim(self, most: int, now: datetime) -> tuple[Owed, ...]:
        """Take messages to send, for the length of a lease; call done what none is left of. Commits."""
        async with self.database.write() as connection:
            owed = await claiming.claim(connection, most, now, now + LEASE)
            if not owed:
                await claiming.finish(connection)
            return owed

    async def sent(self, owed: Owed, confirmed: Sequence[Confirmed], now: datetime) -> None:
        """Note that Telegram has confirmed it, and which of the ledger's entries became which message.

        Commits, together with others.
        """
        message = confirmed[-1].message if confirmed else None
        await self._note(_Done(Settled(owed.id, State.SENT, now, message), tuple(confirmed)))

    async def failed(self, owed: Owed, reason: str, now: datetime, *, lasting: bool = True) -> None:
        """Note that it failed: it is tried again later, a few times, then called failed. Commits, with others.

        What is not `lasting`, a network or a server in trouble, is waited for as long as a day.
        """
        tries = owed.tries + 1
        again = tries < (_TRIES if lasting else _PATIENCE)
        state, due = (State.OWED, now + min(_AGAIN * tries, _LONGEST)) if again else (State.FAILED, now)
        await self._note(_Done(Settled(owed.id, state, due, reason=reason, failed=1)))

    async def entry(self, owed: Owed) -> Entry | None:
        """Return the ledger's entry of the message that is to be corrected, None where it has been erased."""
        async with self.database.read() as connection:
            return await ledger.entry(connection, owed.entry)

    async def corrected(self, owed: Owed, tells: Sequence[RevisionRef], now: datetime) -> None:
        """Note that the message has been corrected and what it tells now; its reader is owed a notice. Commits."""
        settled = Settled(owed.id, State.SENT, now)
        await self._note(_Done(settled, (), owed.entry, tuple(tells), _notice(owed, now)))

    async def not_corrected(self, owed: Owed, reason: str, now: datetime, *, announced: bool) -> None:
        """Note that the message stays as it is: it reads the same, or can only be `announced`. Commits."""
        settled = Settled(owed.id, State.FAILED if announced else State.SENT, now, reason=reason)
        await self._note(_Done(settled, notice=_notice(owed, now) if announced else None))

    async def put_off(self, owed: Owed, now: datetime) -> None:
        """Leave it for a minute: the message is on its way, and can be corrected when it has arrived. Commits."""
        await self._note(_Done(Settled(owed.id, State.OWED, now + _AGAIN)))

    async def _note(self, done: _Done) -> None:
        await self.database.journal.write(_settle, done)

    async def unreachable(self, chat: int, reason: str, now: datetime) -> None:
        """Note that the chat cannot be reached and give up what is owed to it. Commits."""
        async with self.database.write() as connection:
            await subscriptions.mark_gone(connection, chat, reason, now)
            await outbox.drop_chat(connection, chat, reason)
        self.gone.add(chat)

    async def back(self, chat: int, now: datetime) -> None:
        """Note that the chat can be reached again, where it could not: it gets the corrections it missed. Commits."""
        if chat not in self.gone:
            return
        async with self.database.write() as connection:
            await subscriptions.mark_back(connection, chat)
            await outbox.owe_corrections_again(connection, chat, now)
        self.gone.discard(chat)

    async def owed(self) -> int:
        """Return how many messages are owed: to be sent, or being sent."""
        counts = await self.counts()
        return counts[State.OWED] + counts[State.SENDING]

    async def counts(self, broadcast: int | None = None) -> dict[State, int]:
        """Return how many messages are in each state, of one broadcast or of all."""
        async with self.database.read() as connection:
            return await tally.counts(connection, broadcast)


async def _settle(connection: Connection, done: Sequence[_Done]) -> Sequence[None]:
    await _owe_notices(connection, [item.notice for item in done if item.notice])
    await outbox.settle(connection, [item.settled for item in done])
    await ledger.confirm(connection, [each for item in done for each in item.confirmed])
    for item in done:
        if item.entry:
            await ledger.retell(connection, item.entry, item.tells)
    return ()


async def _owe_notices(connection: Connection, owed: Sequence[NewOwed]) -> None:
    """Owe each its notice; before the ledger forgets what the messages told that are corrected."""
    for broadcast in {item.broadcast for item in owed if item.broadcast}:
        mine = [item for item in owed if item.broadcast == broadcast]
        lines = await notices.lines(connection, broadcast, {item.chat for item in mine})
        await outbox.owe_all(connection, [replace(item, line=lines[item.chat]) for item in mine])


def _notice(owed: Owed, now: datetime) -> NewOwed | None:
    """Return the notice of what was corrected, of which its broadcast owes a chat one; nobody's chat gets none."""
    if not owed.chat:
        return None
    return NewOwed(owed.chat, owed.locale, f"/news {owed.broadcast}", Rank.CORRECTION, now, owed.broadcast)
