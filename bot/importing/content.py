"""All the content of a folder: its records, its probes, its faults, and where everything stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.base import SLUG, Kind
from bot.domain.base import Path as RecordPath
from bot.domain.gate import Key
from bot.domain.record import Record
from bot.importing.entry import Entry, FileRead, Place
from bot.importing.faults import PUBLISHED, FileFault, in_order
from bot.importing.folder import read_folder
from bot.importing.probes import Probe


@dataclass(frozen=True, slots=True)
class Content:
    """What content files hold. Nothing of it may be published while there are faults.

    `broken` names the records that stand in a file but could not be read from it, `salvaged` holds what could be read
    of them; `unread` names the kinds of which there may be more, in files that could not be read at all. `taken` are
    pairs of entries that share a slug: the first found, and another.
    """

    records: tuple[Record, ...] = ()
    probes: tuple[Probe, ...] = ()
    faults: tuple[FileFault, ...] = ()
    places: Mapping[Key, Place] = field(default_factory=dict)
    broken: frozenset[Key] = frozenset()
    unread: frozenset[Kind] = frozenset()
    salvaged: tuple[Record, ...] = ()
    taken: tuple[tuple[Entry, Entry], ...] = ()

    def locate(self, kind: Kind, slug: str, path: RecordPath = ()) -> tuple[str, int]:
        """Return the file and line of a part of a record; ("(published)", 0) for a record that no file holds."""
        place = self.places.get((kind, slug))
        return (place.file, place.lines.at(path)) if place else (PUBLISHED, 0)

    def is_lost(self, kind: Kind, slug: str) -> bool:
        """Return whether a record may be missing here only because its file has a fault."""
        return (kind, slug) in self.broken or (kind in self.unread and (kind, slug) not in self.places)


def read_content(folder: Path) -> Content:
    """Return the content of `folder`: a folder of processes' folders, or the folder of one process.

    File names in faults begin with the process's folder either way. Raises NoContent where there is no such folder or
    no process in it; every other trouble is a fault.
    """
    return assemble(read_folder(folder))


def assemble(reads: Iterable[FileRead]) -> Content:
    """Return the content of files read one by one; of records that share a slug the first counts."""
    reads = tuple(reads)
    faults = [fault for read in reads for fault in read.faults]
    unread = {read.unread for read in reads if read.unread}
    kept: dict[Key, Entry] = {}
    taken: list[tuple[Entry, Entry]] = []
    for entry in (entry for read in reads for entry in read.entries):
        first = kept.setdefault((entry.kind, entry.slug), entry)
        if first is not entry or not SLUG.fullmatch(entry.slug):
            unread.add(entry.kind)  # what others call by its right slug seems to be missing
        if first is not entry:
            faults.append(slug_taken(entry, first))
            taken.append((first, entry))
    return Content(
        records=tuple(entry.record for entry in kept.values() if entry.record),
        probes=tuple(probe for read in reads for probe in read.probes),
        faults=in_order(faults),
        places={key: entry.place for key, entry in kept.items()},
        broken=frozenset(key for key, entry in kept.items() if not entry.record),
        unread=frozenset(unread),
        salvaged=tuple(entry.salvaged for entry in kept.values() if entry.salvaged),
        taken=tuple(taken),
    )


def slug_taken(entry: Entry, first: Entry) -> FileFault:
    """Return the fault of an entry whose slug another one has."""
    where = f"{first.place.file}:{first.place.lines.at(('slug',))}"
    line = entry.place.lines.at(("slug",))
    problem = f"slug '{entry.slug}' belongs to the {entry.kind} in {where} already"
    return FileFault(entry.place.file, line, problem, "choose another")
