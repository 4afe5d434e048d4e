"""What all records share: a kind, a slug, the process they are filed under, and the shape number of their body."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from bot.domain.base import Kind, Link, Model, Path, ProcessLink, Slug, walk
from bot.domain.statement import Line


class Record(Model):
    """Anything curated. Its body is what a revision stores; `shape` is the number of the body's schema."""

    kind: ClassVar[Kind]
    shape: ClassVar[int] = 1

    slug: Slug

    def references(self) -> Iterator[tuple[Path, Link]]:
        """Yield every link to another record, with the path where it stands."""
        for path, value in walk(self):
            if isinstance(value, Link):
                yield path, value


class Filed(Record):
    """A record that belongs to a process."""

    process: ProcessLink


class Dated(Filed):
    """A record whose facts hold as of a day. `as_of` moves only with facts, never with wording.

    `verified_at` is the day on which the desk last found it still true, `verified_by` whoever did, if they are named.
    """

    as_of: date
    review_by: date | None = None
    verified_by: Line | None = None
    verified_at: date | None = None
