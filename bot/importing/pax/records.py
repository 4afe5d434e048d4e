"""Rows of PA-X -> records: the source, a process for each of PA-X's, an agreement for each row. Nothing is added."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from pydantic import ValidationError

from bot.domain.agreement import Agreement, DatasetEntry, Dates, KeyDate, Laterality
from bot.domain.base import AgreementLink, ProcessLink, Slug, SourceLink
from bot.domain.dates import Precision, When
from bot.domain.process import Process
from bot.domain.source import Source, SourceType
from bot.domain.statement import Citation, Statement
from bot.importing.faults import FileFault, quoted
from bot.importing.pax.export import SIGNED, UNILATERAL, PaxRow
from bot.importing.pax.related import Named, named, references
from bot.importing.pax.signatories import split_signatories

NAME: Final = "PA-X"
SOURCE: Final = "pax"
_PREFIX: Final = "pax-"
_PAGE: Final = "https://www.peaceagreements.org/agreements/{}/"
_LONGEST: Final = 1900  # characters of one statement
_SENTENCE: Final = re.compile(r"(?<=[.;:!?])\s+")
_TYPES: Final = {
    "Inter": "between states",
    "InterIntra": "between states and within one",
    "Intra": "within a state",
    "IntraLocal": "local, within a state",
}
# What each column gives. Where an export lacks it, what an earlier export gave stays.
_GIVEN_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "description": ("purpose", "background"),
    "PDF_Hyperlink": ("links",),
    "Part": ("signatories", "signed_as"),
    "ThrdPart": ("third_parties", "third_parties_as"),
    "OthAgr": ("refers_to", "refers_as"),
    "UcdpAgr": ("ucdp_id",),
    "Reg": ("region",),
}


def slug_of(number: int) -> str:
    """Return the slug of PA-X's agreement of that number."""
    return f"{_PREFIX}{number}"


def process_slug(number: int) -> str:
    """Return the slug of PA-X's process of that number."""
    return f"{_PREFIX}process-{number}"


def source_record(process: str) -> Source:
    """Return the source that every record of PA-X cites, with what its licence asks for, filed under `process`."""
    return Source(
        slug=Slug(SOURCE),
        process=ProcessLink(process),
        title="PA-X Peace Agreements Database",
        publisher="PeaceRep, University of Edinburgh",
        type=SourceType.DATASET,
        language="en",
        url="https://www.peaceagreements.org/",
        published=When(precision=Precision.UNCLEAR),
        credit="Licence: CC BY-NC-SA 4.0",
    )


def records_of(
    name: str, rows: Iterable[PaxRow], columns: frozenset[str], stored: Mapping[str, Agreement]
) -> tuple[tuple[Agreement, ...], tuple[FileFault, ...]]:
    """Return an agreement for each row, and the faults of those that make none. `stored` are those known, by slug.

    A row whose coding is older than what is known is left out, as is whatever the export has no column for.
    """
    wanted = [row for row in rows if not _is_older(row, stored.get(slug_of(row.number)))]
    known = {row.number: named(row) for row in wanted}
    known = {item.number: item for item in _known(stored.values())} | known
    related = references(wanted, known.values())
    made: list[Agreement] = []
    faults: list[FileFault] = []
    for row in wanted:
        try:
            made.append(_kept(_agreement(row, related.get(row.number, ())), stored, columns))
        except ValidationError as error:
            wrong = error.errors()[0]
            where = ".".join(map(str, wrong["loc"]))
            faults.append(
                FileFault(name, row.line, f"no agreement can be made of it: {where}: {wrong['msg']}", "mend it")
            )
    return tuple(made), tuple(faults)


def processes_of(rows: Iterable[PaxRow], agreements: Iterable[Agreement]) -> tuple[Process, ...]:
    """Return PA-X's processes by number, each with how many of `agreements`, all that will be known, it has."""
    names = {row.process: row.process_name for row in sorted(rows, key=lambda row: row.signed)}
    dates: defaultdict[str, list[date]] = defaultdict(list)
    for agreement in agreements:
        dates[agreement.process].append(agreement.as_of)
    return tuple(_process(number, names[number], dates[process_slug(number)]) for number in sorted(names))


def _process(number: int, name: str, dates: list[date]) -> Process:
    first, last, count = min(dates), max(dates), len(dates)
    span = f"dated {first.year}" if first.year == last.year else f"dated {first.year} to {last.year}"
    things = "1 agreement" if count == 1 else f"{count} agreements"
    return Process(
        slug=Slug(process_slug(number)),
        title=name,
        summary=(
            Statement(text=f"{NAME} lists {things} of this process, {span}.[^1]", cite=(_cite(f"process {number}"),)),
        ),
        as_of=last,
        dataset=NAME,
    )


def _is_older(row: PaxRow, stored: Agreement | None) -> bool:
    version = stored.dataset.version if stored and stored.dataset else None
    return row.version is not None and version is not None and row.version < version


def _known(stored: Iterable[Agreement]) -> Iterator[Named]:
    for agreement in stored:
        if agreement.pax_id and agreement.pax_id.isdigit():
            process = agreement.process.rpartition("-")[2]
            yield Named(
                int(agreement.pax_id), agreement.title, int(process) if process.isdigit() else 0, agreement.as_of
            )


def _kept(agreement: Agreement, stored: Mapping[str, Agreement], columns: frozenset[str]) -> Agreement:
    """Return the agreement with what is stored of it wherever the export has no column for it."""
    before = stored.get(agreement.slug)
    if before is None:
        return agreement
    lacking = [field for column, fields in _GIVEN_BY.items() if column not in columns for field in fields]
    return agreement.model_copy(update={field: getattr(before, field) for field in lacking})


def _agreement(row: PaxRow, related: Iterable[int]) -> Agreement:
    cite = _cite(f"agreement {row.number}")
    told = _pieces(row.description) if row.description else (_without_description(row),)
    purpose, *background = (Statement(text=text, cite=(cite,)) for text in told)
    dated = KeyDate(on=When.on(row.signed), cite=(cite,))
    page = row.page or _PAGE.format(row.number)
    return Agreement.model_validate(
        {
            "slug": slug_of(row.number),
            "process": process_slug(row.process),
            "as_of": row.signed,
            "title": row.title,
            "stage": row.stage,
            "laterality": Laterality.UNILATERAL if row.status == UNILATERAL else None,
            "purpose": purpose,
            "background": tuple(background),
            "countries": _countries(row.countries),
            "region": row.region or None,
            "dates": Dates(signed=dated) if row.status == SIGNED else Dates(announced=dated),
            "signatories": split_signatories(row.parties),
            "signed_as": row.parties or None,
            "third_parties": split_signatories(row.third_parties),
            "third_parties_as": row.third_parties or None,
            "pax_id": str(row.number),
            "ucdp_id": row.ucdp or None,
            "links": (page, *((row.text,) if row.text else ())),
            "refers_to": tuple(AgreementLink(slug_of(number)) for number in related),
            "refers_as": row.other_agreements or None,
            "dataset": DatasetEntry(
                name=NAME,
                version=row.version,
                status=row.status,
                stage=row.stage_label,
                type=_TYPES.get(row.type_label, row.type_label) or None,
                conflict=row.conflict.lower() or None,
            ),
        }
    )


def _cite(where: str) -> Citation:
    return Citation(source=SourceLink(SOURCE), where=where)


def _countries(cell: str) -> tuple[str, ...]:
    """Return the countries and entities that PA-X sets apart by slashes; what it brackets is no state of its own."""
    bare: list[str] = []
    depth, start = 0, 0
    for at, mark in enumerate(cell):
        depth += (mark == "(") - (mark == ")")
        if mark == "/" and depth == 0:
            bare.append(cell[start:at])
            start = at + 1
    bare.append(cell[start:])
    names = (part.strip() for part in bare)
    return tuple(dict.fromkeys(_unbracketed(name)[:250] for name in names if name))


def _unbracketed(name: str) -> str:
    return name[1:-1].strip() if name.startswith("(") and name.endswith(")") else name


def _pieces(text: str) -> tuple[str, ...]:
    """Return the text in statements of at most the length that one holds, cut between sentences where it can be."""
    pieces = [""]
    for sentence in _SENTENCE.split(" ".join(text.split())):
        for part in (sentence[at : at + _LONGEST] for at in range(0, len(sentence), _LONGEST)):
            joined = f"{pieces[-1]} {part}".strip()
            if len(joined) <= _LONGEST:
                pieces[-1] = joined
            else:
                pieces.append(part)
    return tuple(pieces)


def _without_description(row: PaxRow) -> str:
    return f"{NAME} gives no description. It lists this under {quoted(row.stage_label)}."
