"""Broken YAML is reported where the editor can mend it."""

from pathlib import Path

import pytest
import yaml

from bot.importing import yaml_nodes
from bot.importing.yaml_nodes import parse_yaml
from tests.importing.sample import broken, faults_after

TITLE = "title: The harbour talks"
QUOTE = 'put the whole text in "quotation marks"'
COLON = f"{QUOTE} if the colon is part of it; else check the indentation here and the colon in the line above"
FIT = f"indent it like the keys around it; {QUOTE} if it has quotation marks, brackets or other signs in it"
COMMA = f"close it and put one comma between two items, or {QUOTE}"

CASES = {
    "a colon in a text": (TITLE, "title: Talks: the harbour", 1, f"a colon where none can stand: {COLON}"),
    "no space after a key's colon": (TITLE, "title:The talks", 2, f"a colon where none can stand: {COLON}"),
    "an open quotation mark": (
        TITLE,
        "title: 'The talks",
        1,
        "a quotation mark is never closed: close it where the quote ends",
    ),
    "text after a quotation": (TITLE, 'title: "The" talks', 1, f"a line that does not fit: {FIT}"),
    "an open bracket": (
        "[harbour, port talks]",
        "[harbour",
        2,
        f"a '[' is never closed, or a comma is missing: close it with ']', or {QUOTE}",
    ),
    "an open brace": (
        "[{source: herald, where: first section}]",
        "{source: herald",
        5,
        f"a '{{' is never closed, or a comma is missing: close it with '}}', or {QUOTE}",
    ),
    "italics without quotation marks": (
        TITLE,
        "title: *The* talks",
        1,
        f"a text cannot begin with '*' here: {QUOTE}",
    ),
    "an alias": (TITLE, "title: *The", 1, f"'*The' is not read as text: {QUOTE}"),
    "an alias with words after it": (TITLE, "title: *The talks", 1, f"'*The' is not read as text: {QUOTE}"),
    "an anchor": (TITLE, "title: &The talks", 1, f"'&The' is not read as text: {QUOTE}"),
    "a tag": (TITLE, "title: !The talks", 1, f"'!The' is not read as text: {QUOTE}"),
    "a sign that YAML keeps for itself": (
        TITLE,
        "title: @herald",
        1,
        f"a text cannot begin with '@', '`' or '%' here: {QUOTE}",
    ),
    "a directive": ("title", "%title", 1, f"a line cannot begin with '%' here: {QUOTE}"),
    "a tab": ("  - text", "\t- text", 4, "a tab: use spaces instead"),
    "a tab before a key": ("    cite", "\tcite", 5, "a tab: use spaces instead"),
    "a tab in a text of several lines": (TITLE, "title: |\n\tThe talks", 2, "a tab: use spaces instead"),
    "a bracket that the lines below never close": (
        "[harbour, port talks]",
        "[",
        2,
        f"a '[' or '{{' is never closed, or has a comma too many: {COMMA}",
    ),
    "a bracket that nothing opened": (TITLE, "title: ]", 1, f"a text cannot begin with ',', ']' or '}}' here: {QUOTE}"),
    "a quotation mark open over a line of dashes": (
        "default: true",
        "default: 'true\n---\n",
        8,
        "a quotation mark is never closed: close it where the quote ends",
    ),
    "a key indented too far": ("aliases: [", "  aliases: [", 2, f"a colon where none can stand: {COLON}"),
    "a key indented by one": (TITLE, f"{TITLE}\naliases2:\n  - x\n y: z", 4, f"a line that does not fit: {FIT}"),
    "a question mark for a text": (TITLE, "title: ? what", 1, f"a text cannot begin with '?' here: {QUOTE}"),
    "a text cut by a comment": (
        TITLE,
        "title: The talks in hall # 3 and the rest",
        1,
        f"what stands behind ' #' is a comment and is lost: {QUOTE}, or a comment on a line of its own",
    ),
    "a text cut by a hash tag": (
        TITLE,
        "title: Talks #harbour",
        1,
        f"what stands behind ' #' is a comment and is lost: {QUOTE}, or a comment on a line of its own",
    ),
    "a backslash": (
        TITLE,
        r'title: "The \harbour"',
        1,
        "a backslash inside quotation marks: leave it out, or use 'single' quotation marks",
    ),
    "a list on a key's line": (
        "aliases: [harbour, port talks]",
        "aliases: - harbour",
        2,
        "a list begins in the middle of a line: begin it on a line of its own",
    ),
    "text after a bar": (
        TITLE,
        "title: |The talks",
        1,
        "'|' or '>' with text after it: begin the text on the next line, indented",
    ),
    "a key taken twice": (
        "as_of",
        "title: Again\nas_of",
        7,
        "key 'title' stands here twice, first in line 1: keep one of them",
    ),
    "a second document": (
        "default: true",
        "---\ndefault: true",
        8,
        "a second document begins here: remove the line '---': a file holds one",
    ),
    "a list as a key": (TITLE, "[a]: b", 1, 'a list or a mapping cannot be a key: put the text in "quotation marks"'),
    "nesting without end": (
        TITLE,
        "title: " + "[" * 30 + "]" * 30,
        1,
        "lists and keys are nested too deeply: check the brackets and the indentation",
    ),
}


LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(("old", "new", "line", "message"), CASES.values(), ids=CASES.keys())
def test_broken_yaml_is_one_fault_with_its_line_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loader: object, old: str, new: str, line: int, message: str
) -> None:
    """One mistake in a YAML file is told once, in its line, with what to do, whichever parser reads it."""
    monkeypatch.setattr(yaml_nodes, "_LOADER", loader)
    assert faults_after(tmp_path, "process.yaml", old, new) == [f"talks/process.yaml:{line}: {message}"]


def test_a_list_whose_items_turn_into_keys_is_told_at_the_key(tmp_path: Path) -> None:
    """A line in a list that is no item is reported as one that does not belong there."""
    found = faults_after(tmp_path, "parties.yaml", "- slug: southland", "slug: southland")
    problem = "a line that does not belong to the list: begin it with '- ', or indent it like the others"
    assert found == [f"talks/parties.yaml:5: {problem}"]


def test_every_scalar_stays_the_text_that_was_typed() -> None:
    """What YAML would turn into a boolean, a number or a date stays text; only nothing is None."""
    tree = parse_yaml("x", "a: no\nb: 2025\nc: 2025-03-18\nd: ~\ne:\nf: 'null'\ng: null\non: 1.0\n")
    expected = {"a": "no", "b": "2025", "c": "2025-03-18", "d": None, "e": None, "f": "null", "g": None, "on": "1.0"}
    assert tree.value == expected
    assert tree.faults == ()


def test_a_value_on_the_next_line_is_found_at_its_key() -> None:
    """The line of a value is the line of its key, where an editor looks for it."""
    tree = parse_yaml("x", "# first\na:\n  - b:\n      c\n  -\n    d: e\n", first_line=10)
    places = [(), ("a",), ("a", 0), ("a", 0, "b"), ("a", 1), ("a", 1, "d"), ("a", 1, "unknown", 3)]
    assert [tree.lines.at(path) for path in places] == [11, 11, 12, 12, 15, 15, 15]


def test_a_small_file_cannot_grow_by_aliases(tmp_path: Path) -> None:
    """Anchors and aliases are refused, so that no file explodes in memory."""
    content = broken(tmp_path, "process.yaml", "title", "a: &a [x]\nb: [*a, *a]\ntitle")
    assert [(fault.line, fault.problem) for fault in content.faults if "not read as text" in fault.problem] == [
        (1, "'&a' is not read as text"),
        (2, "'*a' is not read as text"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a: outlet  # or: agency",
        "# all of it\na: b",
        "a: 'The talks # 3'",
        "a: |\n  The talks # 3",
        "a: The talks#3",
        "a: The talks  # ...",
    ],
)
def test_a_comment_that_cuts_nothing_is_a_comment(text: str) -> None:
    """Behind one word, above a line, inside quotation marks and without words a '#' is what it was."""
    assert parse_yaml("x", text).faults == ()
