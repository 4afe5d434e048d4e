"""Complaints: thumbs down and reports, by the record that they are about and the revision that was told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.domain.base import Kind
from bot.domain.revision import RevisionRef
from bot.services.team import author
from bot.storage import audit, complaints
from bot.storage.complaints import Rated, Reported
from bot.storage.database import Database

# A message tells its sources too; what a report is about is the first of these that it tells.
_ABOUT: Final = (Kind.QUESTION, Kind.AGREEMENT, Kind.EVENT, Kind.PARTY, Kind.PROCESS, Kind.SOURCE)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
KindOf = Callable[[int], Kind | None]


@dataclass(frozen=True, slots=True)
class Complained:
    """What was said against one record since the desk last looked."""

    record: int
    rated: tuple[Rated, ...]
    reports: tuple[tuple[RevisionRef, Reported], ...]  # each with the revision that was told

    @property
    def down(self) -> int:
        """Return how often it was rated down."""
        return sum(rated.down for rated in self.rated)


@dataclass(frozen=True, slots=True)
class Complaints:
    """What readers say against records."""

    database: Database

    async def all(self, kind_of: KindOf) -> tuple[Complained, ...]:
        """Return what the desk has not looked at, by record, the most first; `kind_of` one that is gone is None."""
        async with self.database.read() as connection:
            rated, reports = await complaints.rated_down(connection), await complaints.reported(connection)
            looked_at = await complaints.looked_at(connection)
        by_record: dict[int, tuple[list[Rated], list[tuple[RevisionRef, Reported]]]] = {}
        for item in rated:
            by_record.setdefault(item.ref.record, ([], []))[0].append(item)
        for report in reports:
            ref = _about(report.tells, kind_of)
            if ref and report.made > looked_at.get(ref.record, _NEVER):
                by_record.setdefault(ref.record, ([], []))[1].append((ref, report))
        found = [Complained(record, tuple(down), tuple(told)) for record, (down, told) in by_record.items()]
        return tuple(sorted(found, key=lambda item: (-len(item.reports) - item.down, item.record)))

    async def seen(self, record: int, title: str, reader: int, now: datetime) -> None:
        """Note that the desk has looked at what was said against the record. Commits."""
        async with self.database.write() as connection:
            await complaints.look_at(connection, record, now)
            await audit.note(connection, now, author(reader), "looked at complaints", title)


def _about(tells: Iterable[RevisionRef], kind_of: KindOf) -> RevisionRef | None:
    ranked = [(_ABOUT.index(kind), ref) for ref in tells if (kind := kind_of(ref.record))]
    return min(ranked)[1] if ranked else None
