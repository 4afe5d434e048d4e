"""Verifying: the desk has found a record still true, which is written down without telling anybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.process import Process
from bot.domain.record import Dated
from bot.domain.revision import Change, RevisionRef
from bot.services.publish import published_now, write_publication
from bot.services.team import author
from bot.storage import audit
from bot.storage.database import Database
from bot.storage.records import NewRevision

_NOTE: Final = "still true"


@dataclass(frozen=True, slots=True)
class Verifying:
    """What the desk has found still true."""

    database: Database

    async def still_true(self, ref: RevisionRef, *, reader: int, name: str, now: datetime) -> bool:
        """Write that `reader`, who may have a `name`, has found the revision still true; returns whether it is.

        Not where it is no longer what is published, so that a press that comes twice does nothing. Commits.
        """
        async with self.database.write() as connection:
            found = next((revision for revision in await published_now(connection) if revision.ref == ref), None)
            if found is None or not isinstance(found.record, (Dated, Process)):
                return False
            record = found.record.model_copy(update={"verified_at": now.date(), "verified_by": name or None})
            new = NewRevision(record, Change.MINOR, _NOTE)
            await write_publication(connection, [new], author=author(reader), note=_NOTE, now=now)
            await audit.note(connection, now, author(reader), "found still true", f"{record.kind} {record.slug}")
            return True
