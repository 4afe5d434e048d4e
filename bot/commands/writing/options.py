"""What a field can be chosen from: the records that are published, with what to call each on a button."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.catalogue.snapshot import Snapshot, in_process
from bot.commands import cards
from bot.domain.base import Kind
from bot.domain.draft import Draft
from bot.domain.forms import Entry, Field
from bot.domain.record import Filed, Record
from bot.domain.revision import Revision
from bot.domain.source import Source

A_PAGE: Final = 6  # buttons with a row of their own: with more, a phone shows nothing else


def options(snapshot: Snapshot, draft: Draft, field: Field) -> Sequence[tuple[str, str]]:
    """Return what can be chosen in the field, each with its name: a word of its own, or a record of the process."""
    if field.entry is Entry.CHOICE:
        return [(choice, choice) for choice in field.choices]
    kind = Kind.SOURCE if field.entry is Entry.CITES else field.links
    if kind is None:
        return ()
    here = [rev.record for rev in in_process(_table(snapshot, kind), draft.process)]
    here.sort(key=_newest_first)
    return [(str(record.slug), _name(record)) for record in here if str(record.slug) != draft.slug]


def named(snapshot: Snapshot, draft: Draft, field: Field, words: str) -> str:
    """Return the slug of the record that the words name; the words themselves where they name none."""
    kind = Kind.SOURCE if field.entry is Entry.CITES else field.links
    table = _table(snapshot, kind) if kind else {}
    here = {slug: revision for slug, revision in table.items() if revision.record.process == draft.process}
    found = snapshot.named(here, words) if kind is not Kind.SOURCE else here.get(words.strip().lower())
    return str(found.record.slug) if found else words.strip()


def name_of(snapshot: Snapshot, kind: Kind | None, slug: str) -> str:
    """Return what to call a record that a draft names, its slug where nothing like it is published."""
    found = _table(snapshot, kind).get(slug) if kind else None
    return _name(found.record) if found else slug


def _table(snapshot: Snapshot, kind: Kind) -> Mapping[str, Revision[Filed]]:
    tables: Mapping[Kind, Mapping[str, Revision[Filed]]] = {
        Kind.PARTY: dict(snapshot.parties),
        Kind.SOURCE: dict(snapshot.sources),
        Kind.QUESTION: dict(snapshot.questions),
        Kind.AGREEMENT: dict(snapshot.agreements),
    }
    return tables.get(kind, {})


def _name(record: Record) -> str:
    title = cards.title(record)
    return f"{record.publisher}: {title}" if isinstance(record, Source) else title


def _newest_first(record: Record) -> int:
    day = record.published.last if isinstance(record, Source) else None
    return -day.toordinal() if day else 0
