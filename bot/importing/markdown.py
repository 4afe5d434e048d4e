"""A question file -> the values of its record: front matter, and the answer below with its footnotes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.domain.base import Path
from bot.importing.blocks import Block, Halves, Shape, blocks, heading, split
from bot.importing.certainty import read_certainty
from bot.importing.escapes import armoured, plain
from bot.importing.faults import FileFault, in_order, nearest, quoted
from bot.importing.footnotes import Footnote, read_footnote
from bot.importing.lines import Lines
from bot.importing.yaml_nodes import Tree, Value, parse_yaml

SECTIONS: Final = {"Short": "short", "Full": "full"}
_MARK = re.compile(r"\[\^([^\]]*)\]")
_NO_SECTION = "text outside headings", "put it below '# Short' or '# Full'"
_LIST = ("a list", "put each item into a paragraph of its own, separated by an empty line")
_UNDER_FOOTNOTE = (
    "a line right below a footnote",
    "indent it if it belongs to the footnote, else leave a blank line above it",
)


def parse_question(file: str, text: str) -> Tree:
    """Return the values of a question file, shaped like the record; never raises, faults are in the tree."""
    halves = split(file, text)
    if isinstance(halves, FileFault):
        return Tree(None, Lines(), (halves,), whole=False)
    front = parse_yaml(file, halves.front, halves.front_line)
    body = _read_body(file, halves)
    faults = list(front.faults)
    fields: dict[str, Value] = {}
    if isinstance(front.value, dict):
        fields = front.value
        faults += _answers_in(file, front)
    elif front.whole:
        problem = "the front matter holds no fields"
        faults.append(FileFault(file, halves.front_line - 1, problem, "write each as 'key: value'"))
    if "short" not in body.values:
        body.spoilt.add(("short",))
        faults.append(FileFault(file, halves.body_line, "no heading '# Short'", "add it above the short answer"))
    known = {path: line for path, line in {**front.lines.known, **body.lines}.items() if path}
    return Tree(
        {**fields, **body.values},
        Lines(known | {(): halves.front_line - 1}),
        in_order(faults + body.faults),
        whole=front.whole and isinstance(front.value, dict),
        spoilt=front.spoilt | body.spoilt,
    )


def read_paragraphs(text: str) -> tuple[list[Value], tuple[FileFault, ...]]:
    """Return paragraphs as statements, with the footnotes below them, and what is wrong with them."""
    heading_rows = (f"# {next(iter(SECTIONS))}", "")
    body = _read_body("", Halves("", 1, (*heading_rows, *text.split("\n")), 1 - len(heading_rows)))
    found = body.values[next(iter(SECTIONS.values()))]
    return found if isinstance(found, list) else [], in_order(body.faults)


def _answers_in(file: str, front: Tree) -> list[FileFault]:
    fields = front.value if isinstance(front.value, dict) else {}
    return [
        FileFault(file, front.lines.at((name,)), f"'{name}' in the front matter", f"write it below a '# {title}'")
        for title, name in SECTIONS.items()
        if name in fields
    ]


@dataclass(slots=True)
class _Body:
    """What is gathered from a body on the way through its blocks."""

    file: str
    notes: dict[str, Footnote] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    spoilt: set[Path] = field(default_factory=set)
    faults: list[FileFault] = field(default_factory=list)

    def fault(self, line: int, problem: str, remedy: str) -> None:
        self.faults.append(FileFault(self.file, line, problem, remedy))


def _read_body(file: str, halves: Halves) -> _Body:
    body = _Body(file)
    cut = list(blocks(halves.body, halves.body_line))
    for block in cut:
        if block.shape is Shape.FOOTNOTE:
            _take_footnote(body, block)
    section: str | None = None
    above: Block | None = None
    for block in cut:
        if block.shape is Shape.HEADING:
            section = _open_section(body, block)
        elif block.shape is Shape.PARAGRAPH and _touches(above, block):
            body.fault(block.line, *_UNDER_FOOTNOTE)
            _take_paragraph(body, block, "")
        elif block.shape is Shape.PARAGRAPH:
            if section is None:
                body.fault(block.line, *_NO_SECTION)
            _take_paragraph(body, block, section or "")
        above = block
    _report_unused(body)
    return body


def _touches(above: Block | None, block: Block) -> bool:
    return above is not None and above.shape is Shape.FOOTNOTE and above.line + len(above.rows) == block.line


def _open_section(body: _Body, block: Block) -> str:
    """Return the field that the text below fills, "" for none; a near miss opens what it meant, so it is said once."""
    level, title = heading(block)
    meant = nearest(title.capitalize(), SECTIONS)
    if meant is None:
        body.fault(block.line, f"unknown heading {quoted(block.text)}", "use only '# Short' and '# Full'")
        return ""
    name = SECTIONS[meant]
    if level != 1 or title != meant:
        body.fault(block.line, f"unknown heading {quoted(block.text)}", f"write '# {meant}'")
    if name in body.values:
        problem = f"heading '# {meant}' stands here twice, first in line {body.lines[(name,)]}"
        body.fault(block.line, problem, "put both parts under one")
        return name
    body.values[name] = []
    body.lines[(name,)] = block.line
    return name


def _take_footnote(body: _Body, block: Block) -> None:
    note = read_footnote(block.text, block.line)
    first = body.notes.setdefault(note.key, note)
    if first is not note:
        problem = f"footnote [^{note.key}] stands here twice, first in line {first.line}"
        body.fault(note.line, problem, "give one of them another key")
    elif note.wrong:
        body.fault(note.line, *note.wrong)


def _take_paragraph(body: _Body, block: Block, section: str) -> None:
    """Add a paragraph to its section as a statement; one without a section only counts as using its footnotes."""
    marked = read_certainty(block.text)
    text, keys = _numbered(armoured(marked.text), marked.cite)
    body.used.update(keys)
    unknown = [key for key in keys if key not in body.notes]
    lines = _mark_lines(block) if unknown else {}
    for key in unknown:
        meant = nearest(key, body.notes)
        remedy = f"did you mean [^{meant}]?" if meant else f"add below: [^{key}]: source-slug | where in it"
        body.fault(lines.get(key, block.line), f"no footnote [^{key}]", remedy)
    if marked.wrong:
        body.fault(block.line, *marked.wrong)
    if block.item_line:
        body.fault(block.item_line, *_LIST)
    statements = body.values.get(section)
    if not isinstance(statements, list):
        return
    path = (section, len(statements))
    cited = [body.notes[key] for key in keys if key in body.notes]
    if unknown or marked.wrong or any(note.wrong for note in cited):
        body.spoilt.add(path)
    body.lines[path] = block.line
    for index, note in enumerate(cited):
        body.lines[*path, "cite", index] = note.line
    statements.append({"text": plain(text), **marked.fields, "cite": [note.cite for note in cited]})


def _numbered(text: str, listed: Iterable[str]) -> tuple[str, list[str]]:
    """Return the text with its marks numbered, and their keys in that order: those listed first, then by first use."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(listed), 1)}

    def number(found: re.Match[str]) -> str:
        return f"[^{numbers.setdefault(found.group(1).strip(), len(numbers) + 1)}]"

    return _MARK.sub(number, text), list(numbers)


def _mark_lines(block: Block) -> dict[str, int]:
    """Return the line where each mark stands first; one that runs over two lines stands in none."""
    lines: dict[str, int] = {}
    for line, row in enumerate(block.rows, block.line):
        for found in _MARK.finditer(armoured(row)):
            lines.setdefault(found.group(1).strip(), line)
    return lines


def _report_unused(body: _Body) -> None:
    for key, note in body.notes.items():
        if key not in body.used:
            body.fault(note.line, f"footnote [^{key}] is never used", f"write [^{key}] where it belongs, or remove it")
