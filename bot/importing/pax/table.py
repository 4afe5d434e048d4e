"""A CSV file's bytes -> its header and rows with their line numbers, or what keeps it from being read."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.importing.faults import FileFault, quoted

MOST_BYTES: Final = 200_000_000  # the largest official export has a tenth of that
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_EXPORT_AGAIN: Final = "download the file again; save it as CSV in UTF-8"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's cells by column name, and the line where it begins, counted from 1."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a CSV file holds. Its rows count for nothing while there are faults."""

    columns: frozenset[str] = frozenset()
    rows: tuple[TableRow, ...] = ()
    faults: tuple[FileFault, ...] = ()


def read_table(name: str, data: bytes, wanted: frozenset[str]) -> Table:
    """Return the rows of a comma-separated file that must have the `wanted` columns; every trouble is a fault."""

    def faulty(line: int, problem: str, remedy: str) -> Table:
        return Table(faults=(FileFault(name, line, problem, remedy),))

    if len(data) > MOST_BYTES:
        return faulty(1, f"{len(data):,} bytes are more than any export of PA-X", "check that it is the right file")
    if data.startswith(_UTF16):
        return faulty(1, "the text is encoded in UTF-16", "save it as CSV in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return faulty(line, "the text is not encoded in UTF-8", "save it as CSV in UTF-8")
    if "\0" in text:
        return faulty(text.count("\n", 0, text.index("\0")) + 1, "this is no text: it holds a NUL", _EXPORT_AGAIN)
    if not text.strip():
        return faulty(1, "the file is empty", _EXPORT_AGAIN)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(lines)]
    except csv.Error as error:
        return faulty(1, f"the header cannot be read ({error})", _EXPORT_AGAIN)
    if problem := _header_problem(header, wanted):
        return faulty(1, *problem)
    whole = text.endswith(("\n", "\r"))
    rows, faults = _rows(name, lines, header)
    if not whole and not faults:
        faults = [
            FileFault(
                name, lines.line_num, "the file ends in the middle of a line", "download it again: it seems cut short"
            )
        ]
    return Table(frozenset(header), tuple(rows), tuple(faults))


def _header_problem(header: list[str], wanted: frozenset[str]) -> tuple[str, str] | None:
    missing = sorted(wanted - set(header))
    if not missing:
        twice = sorted({name for name in header if name and header.count(name) > 1})
        return (f"two columns are called {quoted(twice[0])}", "leave only one of them") if twice else None
    for mark, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if wanted <= {cell.strip().strip('"') for cell in ",".join(header).split(mark)}:
            return f"the columns are set apart by {called}", "save it with commas between the columns"
    return f"this is no export of PA-X: it lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}", (
        "name a CSV export of PA-X"
    )


def _rows(name: str, lines: Iterator[list[str]], header: list[str]) -> tuple[list[TableRow], list[FileFault]]:
    rows: list[TableRow] = []
    faults: list[FileFault] = []
    while True:
        line: int = lines.line_num + 1  # type: ignore[attr-defined]  # a csv reader's own; typeshed hides its class
        try:
            cells = next(lines)
        except StopIteration:
            return rows, faults
        except csv.Error as error:
            faults.append(FileFault(name, line, *_unread(str(error))))
            return rows, faults  # where a quote is open, nobody knows where the next row begins
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problem = f"{len(cells)} cells where the header has {len(header)}"
            faults.append(FileFault(name, line, problem, "check the quotation marks of this row"))
            continue
        rows.append(TableRow(line, dict(zip(header, cells, strict=True))))


def _unread(error: str) -> tuple[str, str]:
    if "field limit" in error:
        return f"a cell has more than {csv.field_size_limit():,} characters", "check its quotation marks"
    if "unexpected end" in error:
        return "the file ends within quotation marks", "download it again: it seems cut short"
    return f"the row cannot be read ({error})", "check its quotation marks"
