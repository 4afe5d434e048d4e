"""Mistakes in a question's Markdown are reported with their line and remedy."""

from pathlib import Path

import pytest

from tests.importing.sample import broken, faults_after

FILE = "questions/what-was-agreed.md"
CERTAINTIES = "confirmed, reported, said to be, claimed, assessment, disputed, unclear"
HEDGE = "{said to be}"
CLAIM = "{claimed: southland, by: the South}"

CASES: dict[str, tuple[str, str, list[str]]] = {
    "no front matter": (
        "---\ncommand",
        "command",
        ["1: no front matter: begin the file with '---', then its fields, then '---' again, then '# Short'"],
    ),
    "front matter without an end": (
        "agreements: [pause]\n---\n",
        "agreements: [pause]\n",
        ["1: the front matter is never closed: put a line '---' below its last field"],
    ),
    "broken YAML in the front matter": (
        "question: What",
        "question: 'What",
        ["3: a quotation mark is never closed: close it where the quote ends"],
    ),
    "an answer in the front matter": (
        "command: agreed",
        "short: agreed",
        ["2: 'short' in the front matter: write it below a '# Short'"],
    ),
    "an unknown key": (
        "paraphrases:",
        "parapharses:",
        ["4: unknown key 'parapharses': did you mean 'paraphrases'?"],
    ),
    "another slug than the file's": (
        "command: agreed",
        "slug: agreed",
        ["2: 'slug' is 'agreed', but by where the file is it is 'what-was-agreed': remove this line, or move the file"],
    ),
    "another process than the folder's": (
        "command: agreed",
        "process: other",
        ["2: 'process' is 'other', but by where the file is it is 'talks': remove this line, or move the file"],
    ),
    "a command that is none": (
        "command: agreed",
        "command: /Agreed",
        ["2: '/Agreed' is no command: use a-z, 0-9 and _, at most 32, a letter first, without '/'"],
    ),
    "no Short heading": (
        "# Short\n",
        "",
        [
            "12: no heading '# Short': add it above the short answer",
            "13: text outside headings: put it below '# Short' or '# Full'",
        ],
    ),
    "nothing below Short": (
        "{confirmed} Both sides pause\nattacks on the harbour.[^text]\n",
        "",
        ["12: '# Short' is empty: fill it in"],
    ),
    "too much below Short": (
        "# Short\n\n",
        "# Short\n\na[^h]\n\nb[^h]\n\nc[^h]\n\n",
        ["12: '# Short' has 4 paragraphs: shorten it to 3"],
    ),
    "text before the headings": (
        "# Short",
        "Both agreed.\n\n# Short",
        ["12: text outside headings: put it below '# Short' or '# Full'"],
    ),
    "an unknown heading": ("# Full", "# More", ["17: unknown heading '# More': use only '# Short' and '# Full'"]),
    "a misspelt heading": ("# Short", "# shrot", ["12: unknown heading '# shrot': write '# Short'"]),
    "a heading of another level": ("# Full", "### Full", ["17: unknown heading '### Full': write '# Full'"]),
    "a heading twice": (
        "[^h]: herald",
        "# Full\n\n[^h]: herald",
        ["25: heading '# Full' stands here twice, first in line 17: put both parts under one"],
    ),
    "an unknown footnote": (
        "It holds.[^h]",
        "It holds.[^c9]",
        ["19: no footnote [^c9]: add below: [^c9]: source-slug | where in it"],
    ),
    "a misspelt footnote on a paragraph's second line": (
        "harbour.[^text]",
        "harbour.[^txet]",
        ["15: no footnote [^txet]: did you mean [^text]?"],
    ),
    "an unused footnote": (
        "[^text]: text",
        "[^text]: text\n[^x]: herald",
        ["28: footnote [^x] is never used: write [^x] where it belongs, or remove it"],
    ),
    "a footnote twice": (
        "[^text]: text",
        "[^text]: text\n[^h]: herald",
        ["28: footnote [^h] stands here twice, first in line 25: give one of them another key"],
    ),
    "a footnote without a source": (
        "[^text]: text",
        "[^text]:",
        ['27: footnote without a source: write [^key]: source-slug | where in it | "quote"'],
    ),
    "a quote without quotation marks": (
        "[^text]: text",
        "[^text]: text | first page | a pause",
        [
            '27: the quote has no quotation marks: write it as "the words of the source", after a second |',
        ],
    ),
    "a line right below a footnote": (
        "[^text]: text\n",
        "[^text]: text\nand more\n",
        [
            (
                "28: a line right below a footnote: "
                "indent it if it belongs to the footnote, else leave a blank line above it"
            )
        ],
    ),
    "a list": (
        "It holds.[^h]",
        "It holds:\n- in the harbour,[^h]\n- at sea.[^h]",
        ["20: a list: put each item into a paragraph of its own, separated by an empty line"],
    ),
    "a list of stars": (
        "It holds.[^h]",
        "\n\n* It holds,[^h]\n* at sea.[^h]",
        ["22: a list: put each item into a paragraph of its own, separated by an empty line"],
    ),
    "a misspelt certainty": (
        HEDGE,
        "{said to bee}",
        ["19: unknown certainty 'said to bee': did you mean 'said to be'?"],
    ),
    "an unknown certainty": (HEDGE, "{42}", [f"19: unknown certainty '42': use one of: {CERTAINTIES}"]),
    "an open brace": (
        HEDGE,
        "{said to be",
        ["19: the brace '{' is never closed: close it with '}' before the text"],
    ),
    "empty braces": (HEDGE, "{}", [f"19: braces without a certainty: begin them with one of: {CERTAINTIES}"]),
    "two certainties": (
        HEDGE,
        "{said to be, disputed}",
        ["19: two certainties, 'said to be' and 'disputed': keep one, or make two paragraphs"],
    ),
    "a name where none can stand": (
        HEDGE,
        "{said to be: herald}",
        ["19: 'said to be' takes no name after a colon: write {said to be} or {said to be, by: the name}"],
    ),
    "unreadable braces": (
        HEDGE,
        "{a: b: c}",
        ["19: cannot read '{a: b: c}': write {claimed: party-slug, by: the name}"],
    ),
    "a list of parties": (CLAIM, "{claimed: [a, b]}", ["21: 'party' is a list: write it as one text"]),
    "a paragraph too long": (
        "It holds.",
        "x" * 2000,
        ["19: the paragraph has 2,033 characters: shorten it to 2,000 or split it"],
    ),
    "a claim of nobody": (
        CLAIM,
        "{claimed}",
        ["21: a claim without the party that claims it: write {claimed: party-slug}"],
    ),
    "a claim of an unknown party": (
        CLAIM,
        "{claimed: southlnd}",
        ["21: unknown party 'southlnd': did you mean 'southland'?"],
    ),
    "an assessment of nobody": (
        "{assessment: A. Writer}",
        "{assessment}",
        ["23: an assessment without its author: write {assessment: Name of the author}"],
    ),
    "a paragraph without citation": (
        "The North must leave.[^h]",
        "The North must leave.",
        ["21: paragraph without citation: cite the source that says so"],
    ),
    "a footnote with an unknown source": (
        "[^text]: text",
        "[^text]: tetx",
        ["27: unknown source 'tetx': did you mean 'text'?"],
    ),
    "a source that is no slug": (
        "[^text]: text",
        "[^text]: The Text",
        ["27: 'The Text' is no slug: use 1 to 40 of a-z, 0-9 and -"],
    ),
    "a reserved command": (
        "command: agreed",
        "command: help",
        ["2: /help is one of Parley's own commands: choose another command"],
    ),
    "an unknown related question": (
        "[who-is-bound]",
        "[who-is-bond]",
        ["9: unknown question 'who-is-bond': did you mean 'who-is-bound'?"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES.keys())
def test_a_mistake_in_a_question_is_told_with_line_and_remedy(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    """Exactly what is wrong is told, at the line where it can be mended."""
    assert faults_after(tmp_path, FILE, old, new) == [f"talks/{FILE}:{line}" for line in expected]


def test_front_matter_without_fields_is_told(tmp_path: Path) -> None:
    """A question whose front matter is empty or no mapping is told to write keys."""
    front = "---\ncommand"
    content = broken(tmp_path, FILE, front, "---\n---\ncommand")
    assert f"talks/{FILE}:1: the front matter holds no fields: write each as 'key: value'" in map(str, content.faults)


def test_the_lines_of_statements_and_footnotes_can_be_looked_up(tmp_path: Path) -> None:
    """The parts of an answer are located at their paragraph or footnote."""
    content = broken(tmp_path, FILE, "pause", "pause")
    question = content.records[0].kind.QUESTION
    expected = {
        ("command",): 2,
        ("paraphrases", 0): 5,
        ("short",): 12,
        ("short", 0): 14,
        ("short", 0, "certainty"): 14,
        ("short", 0, "cite", 0, "source"): 27,
        ("full",): 17,
        ("full", 0, "cite", 1): 27,
        ("full", 2, "cite", 0, "quote"): 25,
        ("unknown",): 1,
    }
    found = {path: content.locate(question, "what-was-agreed", path) for path in expected}
    assert found == {path: (f"talks/{FILE}", line) for path, line in expected.items()}


@pytest.mark.parametrize("typed", ["- It holds.[^h]", "It holds:\\\n- at sea.[^h]", "It holds -\nat sea.[^h]"])
def test_a_dash_that_runs_no_items_together_is_no_list(tmp_path: Path, typed: str) -> None:
    """A paragraph of one item, a line broken on purpose and a dash inside a line read as they were typed."""
    assert faults_after(tmp_path, FILE, " It holds.[^h]", f"\n\n{typed}") == []
