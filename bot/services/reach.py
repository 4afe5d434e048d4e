"""Reach: whom a change would reach, counted before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.following import Mode
from bot.domain.revision import Change, RevisionRef
from bot.services.audience import WRONG, corrected_by, followers_of
from bot.storage import reach as storage
from bot.storage import records
from bot.storage.database import Connection
from bot.storage.records import NewRevision

CORRECTION_AGE: Final = timedelta(days=90)
_NEWS: Final = (Mode.AT_ONCE, Mode.DAILY, Mode.WEEKLY)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many messages are edited, to how many chats a notice goes, and how many followers are told.

    The most there can be: a message that reads the same afterwards is neither edited nor announced.
    """

    messages: int
    readers: int
    followers: int


async def reach(
    connection: Connection, new: Sequence[NewRevision], *, now: datetime, age: timedelta = CORRECTION_AGE
) -> Reach:
    """Return whom publishing these revisions would reach, as the transaction sees it; of corrections back to `age`."""
    keys = [(item.record.kind, str(item.record.slug)) for item in new]
    ids = await records.ids(connection, keys)
    known = [(item, ids[key]) for item, key in zip(new, keys, strict=True) if key in ids]
    refs = [RevisionRef(number, await records.last_number(connection, number) + 1) for _, number in known]
    corrected = await corrected_by(connection, [item for item, _ in known], refs)
    wrong = [ref for item in corrected for ref in item.wrong]
    messages, readers = await storage.told(connection, wrong, now - age) if wrong else (0, 0)
    heard = [item for item in new if item.change is not Change.MINOR]
    targets = [item.record for item in await followers_of(connection, [item.record for item in heard])]
    modes = (*_NEWS, Mode.CORRECTIONS) if any(item.change in WRONG for item in heard) else _NEWS
    followers = await storage.following(connection, [number for number in targets if number], modes) if heard else 0
    return Reach(messages, readers, followers)
