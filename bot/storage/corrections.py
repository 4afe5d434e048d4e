"""Corrections: which revisions were wrong, since which, and what puts them right."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.revision import Change, RevisionRef
from bot.storage.tables import corrections, revisions


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record whose revisions from `since` up to the one before `ref` were wrong; `ref` puts it right."""

    ref: RevisionRef
    since: int

    @property
    def wrong(self) -> tuple[RevisionRef, ...]:
        """Return the revisions that were wrong."""
        return tuple(RevisionRef(self.ref.record, number) for number in range(self.since, self.ref.number))


async def add(connection: AsyncConnection, publication: int, corrected: Sequence[Corrected]) -> None:
    """Write what the publication corrects. Does not commit."""
    rows = [
        {"publication": publication, "record": item.ref.record, "number": item.ref.number, "since": item.since}
        for item in corrected
    ]
    if rows:
        await connection.execute(insert(corrections), rows)


async def of_publication(connection: AsyncConnection, publication: int) -> tuple[Corrected, ...]:
    """Return what the publication corrects."""
    rows = await connection.execute(
        select(corrections).where(corrections.c.publication == publication).order_by(corrections.c.record)
    )
    return tuple(Corrected(RevisionRef(row.record, row.number), row.since) for row in rows)


async def known_wrong(connection: AsyncConnection, refs: Collection[RevisionRef]) -> dict[RevisionRef, int]:
    """Return those of the revisions that are known to be wrong, each with the newest publication that says so."""
    records = {ref.record for ref in refs}
    rows = await connection.execute(
        select(corrections).where(corrections.c.record.in_(records)).order_by(corrections.c.publication)
    )
    found: dict[RevisionRef, int] = {}
    for row in rows:
        item = Corrected(RevisionRef(row.record, row.number), row.since)
        found |= {ref: row.publication for ref in item.wrong if ref in refs}
    return found


async def wrong_since(connection: AsyncConnection, record: int, before: int) -> int:
    """Return the first revision that a correction numbered `before` takes for wrong where it names none.

    That is the newest one that changed facts: later ones only changed its wording.
    """
    facts = and_(revisions.c.record == record, revisions.c.number < before, revisions.c.change != Change.MINOR.value)
    return await connection.scalar(select(func.max(revisions.c.number)).where(facts)) or 1
