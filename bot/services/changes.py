"""Changes: which records are different between two publications, and up to which a chat has seen them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.domain.record import Record
from bot.domain.revision import Change, Revision
from bot.storage import records, visits
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class ChangedBetween:
    """A record that is different: as it was, None where it was not, as it is, and the weightiest kind of change.

    One that is new since, and was corrected since, `was` what the last correction found.
    """

    old: Revision[Record] | None
    new: Revision[Record]
    change: Change


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed."""

    database: Database

    async def between(self, after: int, upto: int) -> tuple[ChangedBetween, ...]:
        """Return the records whose facts changed after one publication and up to another, the newest change first."""
        async with self.database.read() as connection:
            revisions = await records.published_between(connection, after, upto)
            newest = {revision.ref.record: revision for revision in revisions}
            told = [item for item in newest.values() if _weight(revisions, item) is not Change.MINOR]
            before = await records.before(connection, after, [item.ref.record for item in told])
        told.sort(key=lambda revision: revision.recorded, reverse=True)
        return tuple(
            ChangedBetween(before.get(item.ref.record) or _wrong(revisions, item), item, _weight(revisions, item))
            for item in told
        )

    async def publication_before(self, instant: datetime) -> int:
        """Return the number of the newest publication before that instant, 0 where there is none."""
        async with self.database.read() as connection:
            return await records.publication_before(connection, instant)

    async def seen(self, chat: int) -> int | None:
        """Return the publication up to which the chat has seen what changed, None where it never asked."""
        async with self.database.read() as connection:
            return await visits.seen(connection, chat)

    async def note_seen(self, chat: int, publication: int, now: datetime) -> None:
        """Note that the chat has seen what changed up to that publication. Commits."""
        async with self.database.write() as connection:
            await visits.note(connection, chat, publication, now)


def _wrong(revisions: tuple[Revision[Record], ...], newest: Revision[Record]) -> Revision[Record] | None:
    """Return the state of the record that its last correction found wrong, None where it was right all along."""
    mine = [revision for revision in revisions if revision.ref.record == newest.ref.record]
    pairs = [pair for pair in pairwise(mine) if pair[1].change is Change.CORRECTION]
    return pairs[-1][0] if pairs else None


def _weight(revisions: tuple[Revision[Record], ...], newest: Revision[Record]) -> Change:
    """Return what the record's revisions come to: withdrawn, corrected, updated, or only reworded."""
    kinds = {revision.change for revision in revisions if revision.ref.record == newest.ref.record}
    if newest.change is Change.RETRACTION:
        return Change.RETRACTION
    return next((kind for kind in (Change.CORRECTION, Change.UPDATE) if kind in kinds), Change.MINOR)
