"""An export of PA-X -> its rows as values, each checked by itself, with every fault by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.agreement import Stage
from bot.importing.faults import FileFault, in_order, quoted
from bot.importing.pax.table import TableRow, read_table

WANTED: Final = frozenset({"AgtId", "Agt", "Dat", "PP", "PPName", "Con", "Status", "Stage"})
# PA-X's codes, as its codebook has them. A later version may add one: it is told, not guessed at.
STAGES: Final = {
    "Pre": Stage.PRE_NEGOTIATION,
    "SubPar": Stage.FRAMEWORK_PARTIAL,
    "SubComp": Stage.FRAMEWORK_COMPREHENSIVE,
    "Imp": Stage.IMPLEMENTATION,
    "Ren": Stage.RENEWAL,
    "Cea": Stage.CEASEFIRE,
    "Oth": Stage.OTHER,
}
SUBSTAGES: Final = {
    "Ceas": "ceasefire",
    "Rel": "related",
    "CeaMix": "mixed",
    "Proc": "process",
    "Prin": "principles",
    "PreMix": "mixed",
    "Conf": "confidence-building measure",
    "MultIss": "multiple issues",
    "Iss": "core issue",
    "FrAg": "agreement",
    "FrCons": "constitution",
    "ImpMod": "implementation modalities",
    "ExtSub": "new or outstanding issues",
    "ExtPar": "extended to new parties",
    "Repre": "pre-negotiation renewed",
    "Resub": "substance renewed",
    "Reimp": "implementation renewed",
}
SIGNED: Final = "Multiparty signed/agreed"
UNILATERAL: Final = "Unilateral document"
STATUSES: Final = (SIGNED, UNILATERAL, "Status unclear", "Agreement with subsequent status")
_BLANK: Final = {"", "NA", "N/A", "NULL", "nan"}
_NUMBER: Final = re.compile(r"(\d{1,9})(?:\.0+)?")
_DATES: Final = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), (3, 2, 1)),
)
_EARLIEST: Final = date(1900, 1, 1)
_DATE_WANTED: Final = "write it as 2014-09-05 or 05/09/2014"


@dataclass(frozen=True, slots=True)
class PaxRow:
    """One agreement as an export lists it; "" where its cell is blank or the export lacks the column."""

    line: int
    number: int
    version: int | None
    title: str
    signed: date
    process: int
    process_name: str
    countries: str
    region: str
    status: str
    stage: Stage
    stage_label: str
    type_label: str
    conflict: str
    description: str
    parties: str
    third_parties: str
    other_agreements: str
    ucdp: str
    page: str
    text: str


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds: its rows, the columns it has, and its faults. `count` is how many rows there are."""

    rows: tuple[PaxRow, ...]
    columns: frozenset[str]
    count: int
    faults: tuple[FileFault, ...]


def read_export(name: str, data: bytes, today: date) -> Export:
    """Return the rows of the export `data`; a row with a fault is not among them. `name` is the file's, for faults."""
    table = read_table(name, data, WANTED)
    rows: list[PaxRow] = []
    faults = list(table.faults)
    lines: dict[int, int] = {}
    for found in table.rows:
        row = _Cells(name, found, today)
        read = row.read()
        if read and read.number in lines:
            row.fault(
                f"agreement {read.number} stands in line {lines[read.number]} already", "leave only one row of it"
            )
        faults += row.faults
        if read and not row.faults:
            lines[read.number] = found.line
            rows.append(read)
    return Export(tuple(rows), table.columns, len(table.rows), in_order(faults))


class _Cells:
    """The cells of one row, read one by one; what is wrong with them gathers in `faults`."""

    def __init__(self, name: str, row: TableRow, today: date) -> None:
        self._name: Final = name
        self._row: Final = row
        self._today: Final = today
        self.faults: Final[list[FileFault]] = []

    def fault(self, problem: str, remedy: str) -> None:
        """Note a fault of this row."""
        self.faults.append(FileFault(self._name, self._row.line, problem, remedy))

    def read(self) -> PaxRow | None:
        """Return the row's values, None where one that every agreement needs cannot be read."""
        number, process = self._number("AgtId"), self._number("PP")
        signed = self._date("Dat")
        title, name = self._needed("Agt"), self._needed("PPName")
        stage = STAGES.get(self._cell("Stage"))
        if stage is None:
            self.fault(f"unknown Stage {quoted(self._cell('Stage'))}", f"PA-X's are {', '.join(STAGES)}")
        status = self._cell("Status")
        if status not in STATUSES:
            self.fault(f"unknown Status {quoted(status)}", f"PA-X's are {', '.join(STATUSES)}")
        if self.faults or number is None or process is None or signed is None or stage is None:
            return None
        return PaxRow(
            line=self._row.line,
            number=number,
            version=self._version(),
            title=title,
            signed=signed,
            process=process,
            process_name=name,
            countries=self._cell("Con"),
            region=self._cell("Reg"),
            status=status,
            stage=stage,
            stage_label=_joined(stage, self._cell("StageSub")),
            type_label=self._cell("Agtp"),
            conflict=self._cell("Contp"),
            description=self._text("description"),
            parties=self._text("Part"),
            third_parties=self._text("ThrdPart"),
            other_agreements=self._text("OthAgr"),
            ucdp=self._cell("UcdpAgr").removesuffix(".0"),
            page=self._link("PAX_Hyperlink"),
            text=self._link("PDF_Hyperlink"),
        )

    def _text(self, column: str) -> str:
        """Return the cell's text with its line breaks, "" where it is blank."""
        cell = "\n".join(line.strip() for line in self._row.cells.get(column, "").splitlines()).strip()
        return "" if cell in _BLANK else cell

    def _cell(self, column: str) -> str:
        return " ".join(self._text(column).split())

    def _needed(self, column: str) -> str:
        cell = self._cell(column)
        if not cell:
            self.fault(f"{column} is blank", "every agreement needs it")
        return cell

    def _number(self, column: str) -> int | None:
        found = _NUMBER.fullmatch(self._cell(column))
        if not found:
            self.fault(f"{column} is {quoted(self._cell(column))}", "it must be PA-X's number")
        return int(found[1]) if found else None

    def _version(self) -> int | None:
        found = _NUMBER.fullmatch(self._cell("Ver"))
        return int(found[1]) if found else None

    def _date(self, column: str) -> date | None:
        cell = self._cell(column)
        for day in _days(cell):
            if not _EARLIEST <= day <= self._today:
                self.fault(f"{column} {quoted(cell)} lies {_out_of(day)}", _DATE_WANTED)
            return day
        self.fault(f"{column} {quoted(cell)} is no date", _DATE_WANTED)
        return None

    def _link(self, column: str) -> str:
        link = self._cell(column)
        if link and (not link.startswith(("https://", "http://")) or " " in link):
            self.fault(f"{column} {quoted(link)} is no link", "it must begin with https://")
        return link


def _days(cell: str) -> Iterator[date]:
    for form, order in _DATES:
        if found := form.fullmatch(cell):
            try:
                yield date(*(int(found[place]) for place in order))
            except ValueError:
                return  # 31 February


def _out_of(day: date) -> str:
    return "before 1900" if day < _EARLIEST else "in the future"


def _joined(stage: Stage, code: str) -> str:
    substage = SUBSTAGES.get(code, "")
    return f"{stage}: {substage}" if substage and substage != stage else stage.value
