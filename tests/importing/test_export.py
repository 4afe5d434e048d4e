"""Records written as content files read back to the same records, whatever they hold."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.gate import World
from bot.domain.question import Question, QuestionType
from bot.domain.record import Record
from bot.domain.statement import Certainty, Citation, Statement
from bot.importing import Content, assemble, decode, read_content, read_file
from bot.importing.writing import files
from bot.storage.records import body_of
from tests.strategies import SLUGS, lines, words, worlds

CONTENT = Path(__file__).parents[2] / "content"


def read_back(written: Mapping[str, bytes]) -> Content:
    """Return what import reads in the files."""
    reads = []
    for path, data in written.items():
        text = decode(path, data)
        assert isinstance(text, str)
        process, _, name = path.partition("/")
        reads.append(read_file(name, text, process))
    return assemble(reads)


def bodies(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Return the stored form of each record."""
    return {(record.kind, str(record.slug)): body_of(record) for record in records}


def question(*short: Statement, full: tuple[Statement, ...] = ()) -> Question:
    """Return a question that these statements answer."""
    given: dict[str, Any] = {"slug": "q", "process": "talks", "as_of": "2025-03-18", "question": "What?"}
    return Question.model_validate(given | {"type": QuestionType.FACT, "short": short or full[:1], "full": full})


def markdown(*short: Statement) -> str:
    """Return the answer that is written for these statements, without its front matter."""
    return files([question(*short)])["talks/questions/q.md"].decode().partition("# Short\n\n")[2]


def statement(text: str, *cite: Citation, **fields: Any) -> Statement:
    """Return a statement that cites the Herald unless told otherwise."""
    return Statement.model_validate({"text": text, "cite": cite or (HERALD,), **fields})


FRONT = "---\nquestion: What?\ntype: fact\nas_of: 2025-03-18\n---\n# Short\n\n"
HERALD = Citation.model_validate({"source": "herald"})
QUOTED = Citation.model_validate({"source": "herald", "where": "first section", "quote": 'It said "no" | and left.'})

# Pieces that mean something in Markdown, YAML, footnotes or escapes, and characters that reading a file changes.
MARKUP = st.lists(
    st.sampled_from(
        [
            *("\\", "\\\\", "\n", "\n\n", " ", "\t", "\u00a0", "{", "}", "# ", "## x", "[^1]", "[^2]", "[^3]", "[^9]"),
            *(
                "[^c1]",
                "[^",
                "]",
                "]:",
                ":",
                "|",
                '"',
                "'",
                "\u201c",
                "\u201d",
                "\u2018",
                "- ",
                "---",
                "...",
                "? ",
                "~",
            ),
            *("null", "yes", "{claimed: x}", "cite: [c1]", "\\u0041", "\\n", "\u2028", "\u2029", "\ufffe", "e\u0301"),
            *("\u0301", "\u0338", "=", "<", "\u1100\u1161", "\U000e0041", "&a", "*b", "!t", "%", "@", "`", "a", "ї"),
        ]
    ),
    max_size=14,
).map("".join)
HOSTILE = st.one_of(MARKUP, words).filter(lambda text: text.strip())
ONE_LINE = st.one_of(MARKUP.map(lambda text: text.replace("\n", " ")), lines).filter(lambda text: text.strip())
CITATIONS = st.fixed_dictionaries(
    {"source": st.sampled_from((*SLUGS.sources, "null", "-"))}, optional={"where": ONE_LINE, "quote": HOSTILE}
)
STATEMENTS = st.fixed_dictionaries(
    {"text": HOSTILE, "cite": st.lists(CITATIONS, max_size=3), "certainty": st.sampled_from(Certainty)},
    optional={"party": st.sampled_from(("northland", "null", "-")), "by": ONE_LINE},
)


def _readable(given: dict[str, Any]) -> bool:
    """Say whether the words are some after cleaning; a text of marks that nobody sees is no text."""
    try:
        Statement.model_validate(given)
    except ValueError:
        return False
    return True


ANSWERS = STATEMENTS.filter(_readable).map(Statement.model_validate)


@settings(deadline=None, max_examples=40)
@given(worlds)
def test_any_records_read_back_to_the_same_bodies(world: World) -> None:
    """A whole world of records, as hostile as records can be, is the same after being written and read."""
    content = read_back(files(world.values()))
    assert [str(fault) for fault in content.faults] == []
    assert bodies(content.records) == bodies(world.values())


@settings(deadline=None)
@given(st.lists(ANSWERS, min_size=1, max_size=3), st.lists(ANSWERS, max_size=3))
@example([statement("# not a heading"), statement("{not braces}"), statement("[^1]: no footnote")], [])
@example([statement("{x}", certainty="claimed", party="northland", by="a, {b}: c\\")], [])
@example([statement("one[^2] two[^1]", HERALD, QUOTED), statement("twice[^2][^1]", HERALD, HERALD)], [])
@example([statement("first\\\n\n  second \n[^c1]: third\\")], [])
@example([statement("x\\\u2028y = \u0338z")], [])
def test_any_answer_reads_back_to_the_same_statements(short: list[Statement], full: list[Statement]) -> None:
    """Text that looks like markup, marks that are none, citations in any order: each statement stays what it was."""
    written = files([question(*short, full=tuple(full))])
    content = read_back(written)
    assert [str(fault) for fault in content.faults] == []
    assert bodies(content.records) == bodies([question(*short, full=tuple(full))])


def test_the_content_that_ships_reads_back_to_the_same_bodies() -> None:
    """What ships is written, read, and written again the same."""
    shipped = read_content(CONTENT)
    written = files(shipped.records)
    content = read_back(written)
    assert content.faults == ()
    assert bodies(content.records) == bodies(shipped.records)
    assert files(content.records) == written


def test_the_files_have_the_names_that_content_has() -> None:
    """Each kind of record stands where content/README.md says, and nothing else is written."""
    shipped = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.glob("*/**/*") if path.is_file())
    assert list(files(read_content(CONTENT).records)) == [path for path in shipped if not path.endswith("probes.yaml")]


def test_keys_stand_in_the_order_of_the_models_and_defaults_are_left_out() -> None:
    """A list of parties is as an editor would type it: no folder's name, nothing that is at its default, no folding."""
    content = read_content(CONTENT)
    parties = files(content.records)["ukraine-ceasefire-2025/parties.yaml"].decode()
    assert parties.startswith("- slug: russia\n  name: Russia\n  type: state\n  aliases:\n    - Moscow\n")
    assert "certainty: reported" not in parties
    assert "process:" not in parties
    assert (
        "\n  about:\n    - text: Vladimir Putin is the Russian president. He is also called the Kremlin leader.\n"
        in parties
    )


def test_the_same_passage_is_one_footnote() -> None:
    """Footnotes are keyed c1, c2, … in the order they are needed, and shared where they are equal."""
    written = markdown(statement("One.[^1][^2]", HERALD, QUOTED), statement("Two.[^1]", QUOTED))
    assert written == (
        'One.[^c1][^c2]\n\nTwo.[^c2]\n\n[^c1]: herald\n[^c2]: herald | first section | "It said "no" | and left."\n'
    )


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (statement("{x}[^1]"), "\\{x}[^c1]"),
        (statement("# x[^1]"), "\\# x[^c1]"),
        (statement("[^1]: x"), "[^c1]\\: x"),
        (statement("see [^7][^1]"), "see \\[^7][^c1]"),
        (statement("C:\\x[^1]"), "C:\\\\x[^c1]"),
        (statement("one\ntwo[^1]"), "one\\\ntwo[^c1]"),
        (statement("one\n two[^1]"), "one\\\n\\u0020two[^c1]"),
        (statement("one\u2028two[^1]"), "one\\u2028two[^c1]"),
        (statement("x"), "{reported, cite: [c1]} x"),
        (statement("x[^2][^1]", HERALD, QUOTED), "{reported, cite: [c1, c2]} x[^c2][^c1]"),
        (
            statement("x[^1]", certainty="claimed", party="south", by="the South"),
            "{claimed: south, by: the South} x[^c1]",
        ),
        (statement("x[^1]", certainty="assessment", by="A, B"), '{assessment: "A, B"} x[^c1]'),
        (statement("x[^1]", certainty="said to be"), "{said to be} x[^c1]"),
        (statement("x[^1]", certainty="disputed", party="south"), "{disputed, party: south} x[^c1]"),
    ],
)
def test_what_would_be_markup_is_escaped(given: Statement, written: str) -> None:
    """A text that looks like markup, or that a paragraph could not hold, is written with the escapes of the README."""
    assert markdown(given).split("\n\n")[0] == written


@pytest.mark.parametrize(
    ("cite", "written"),
    [
        ({"where": "a | b"}, "herald | a \\| b"),
        ({"where": '"a"'}, 'herald | "a" |'),
        ({"where": 'a "b', "quote": "c"}, 'herald | a "b | "c"'),
        ({"quote": "c | d"}, 'herald | "c | d"'),
        ({"quote": "one\ntwo"}, 'herald | "one\\\n    two"'),
        ({"where": "\u201ca\u201d"}, "herald | \u201ca\u201d |"),
    ],
)
def test_a_footnote_keeps_bars_and_quotation_marks(cite: dict[str, str], written: str) -> None:
    """Where something stands and what it says may hold the signs that divide a footnote."""
    note = Citation.model_validate({"source": "herald", **cite})
    assert markdown(statement("x[^1]", note)).split("\n\n")[1] == f"[^c1]: {written}\n"
    assert bodies(read_back(files([question(statement("x[^1]", note))])).records) == bodies(
        [question(statement("x[^1]", note))]
    )


def test_a_backslash_before_anything_else_is_a_backslash() -> None:
    r"""What an editor typed before there were escapes reads as it did: \*, \x, a number that is none."""
    text = FRONT + "a\\*b \\x \\ud800 \\Uffffffff[^h] c\\\n\n[^h]: herald\n"
    (entry,) = read_file("questions/q.md", text, "talks").entries
    assert isinstance(entry.record, Question)
    assert entry.record.short[0].text == "a\\*b \\x \\ud800 \\Uffffffff[^1] c\\"


@pytest.mark.parametrize("cite", ["c1", "", "[[c1]]", "{a: b}"])
def test_braces_that_cite_no_list_are_a_fault(cite: str) -> None:
    """`cite` between braces is a list of footnotes; anything else is named with how to write it."""
    text = f"{FRONT}{{reported, cite: {cite}}} x[^c1]\n\n[^c1]: herald\n"
    faults = [str(fault) for fault in read_file("questions/q.md", text, "talks").faults]
    assert faults
    assert all(fault.startswith("talks/questions/q.md:8: ") for fault in faults)


def test_braces_that_cite_an_unknown_footnote_are_a_fault() -> None:
    """A footnote that only the braces name must be there like any other."""
    text = FRONT + "{reported, cite: [c2]} x\n\n[^c1]: herald\n"
    faults = [str(fault) for fault in read_file("questions/q.md", text, "talks").faults]
    assert faults == [
        "talks/questions/q.md:8: no footnote [^c2]: add below: [^c2]: source-slug | where in it",
        "talks/questions/q.md:10: footnote [^c1] is never used: write [^c1] where it belongs, or remove it",
    ]


def test_a_long_text_stays_on_one_line() -> None:
    """Nothing is folded: a difference between two exports is a difference between records."""
    long = "word " * 390 + "end[^1]"
    assert markdown(statement(long)).split("\n")[0] == "word " * 390 + "end[^c1]"
