"""What holds for any text, any YAML and any question."""

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.base import Path
from bot.domain.question import Question
from bot.domain.statement import Certainty, Citation, Statement
from bot.importing import assemble, check, decode, read_file
from bot.importing.text import clean
from bot.importing.yaml_nodes import parse_yaml
from tests.importing.sample import FILES

NAMES = st.sampled_from([*FILES, "questions/Bad Name.md", "unknown", ""])
PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "# Short\n",
            "# Full\n",
            "\n",
            "  ",
            "\t",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "[^",
            "]: ",
            "|",
            '"',
            "'",
        ),
        *("*", "&", "!", "%", "@", "claimed", "slug", "text", "cite", "as_of: 2025", "# ", "~", "\r", "\x85", "\u2028"),
        *(">", "...\n", "? ", ", ", "a", "\\"),
    ]
)
SOUP = st.lists(PIECES, max_size=40).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Return a file of the sample with a piece of it replaced by soup."""
    text = draw(st.sampled_from(list(FILES.values())))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 20)))
    return text[:start] + draw(SOUP) + text[end:]


@settings(deadline=None)
@given(NAMES, st.one_of(st.binary(), st.text().map(str.encode), SOUP.map(str.encode), damaged().map(str.encode)))
def test_no_file_raises_anything(name: str, data: bytes) -> None:
    """Any bytes as any file give records or faults; a record that is lost always has a fault to show for it."""
    text = decode(name, data)
    if not isinstance(text, str):
        return
    content = assemble([read_file(name, text, "talks")])
    faults = check(content)
    lines = text.count("\n") + 1
    assert not (content.broken or content.unread) or content.faults
    assert all(1 <= fault.line <= lines and fault.problem and fault.remedy for fault in faults)
    assert all("\n" not in str(fault) for fault in faults)


WORDS = st.text("abcdefgh", min_size=1, max_size=6)
TREES: st.SearchStrategy[Any] = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4), st.dictionaries(WORDS, inner, min_size=1, max_size=4)
    ),
    max_leaves=20,
)


def _written(value: Any, path: Path, indent: int) -> Iterator[tuple[str, Path | None]]:
    """Yield the lines of a value in block style, each with the path that begins on it; comments begin nothing."""
    pad = "  " * indent
    steps: list[tuple[str, str | int, Any]]
    if isinstance(value, dict):
        steps = [(f"{key}:", key, inner) for key, inner in value.items()]
    else:
        steps = [("-", index, inner) for index, inner in enumerate(value)]
    for head, step, inner in steps:
        yield f"{pad}# a comment", None
        if isinstance(inner, str):
            yield f"{pad}{head} {inner}", (*path, step)
        else:
            yield f"{pad}{head}", (*path, step)
            yield "", None
            yield from _written(inner, (*path, step), indent + 1)


@settings(deadline=None)
@given(TREES.filter(lambda tree: not isinstance(tree, str)), st.integers(1, 50))
def test_every_key_is_found_in_its_line(tree: Any, first_line: int) -> None:
    """The line map leads to the line of every key, and every item that holds a text, however deep."""
    rows = list(_written(tree, (), 0))
    read = parse_yaml("x", "\n".join(row for row, _ in rows), first_line)
    assert read.value == tree
    assert read.faults == ()
    for number, (row, path) in enumerate(rows, first_line):
        # An item that holds more than a text begins where its first part does: below its dash and the comment.
        if path is not None and row.strip() != "-":
            assert read.lines.at(path) == number


LETTERS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["C", "Z", "M"],
        exclude_characters="{}[]#^|\\\"'\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019",
    ),
    min_size=1,
    max_size=8,
)
PROSE = st.lists(LETTERS, min_size=1, max_size=12).map(lambda words: clean(" ".join(words)))
NOTES = st.fixed_dictionaries(
    {"source": st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True)},
    optional={"where": PROSE, "quote": PROSE},
).map(Citation.model_validate)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return a statement that cites each of its citations at least once, in order."""
    cite = draw(st.lists(NOTES, min_size=1, max_size=3))
    text = "".join(f"{draw(PROSE)}[^{number}] " for number in range(1, len(cite) + 1))
    again = f"{draw(PROSE)}[^{draw(st.integers(1, len(cite)))}]"
    certainty = draw(st.sampled_from(Certainty))
    party = "south-land" if certainty is Certainty.CLAIMED else None
    by = draw(st.sampled_from(["the Kremlin", "A. Writer"])) if certainty is Certainty.ASSESSMENT else None
    return Statement.model_validate(
        {"text": text + again, "cite": tuple(cite), "certainty": certainty, "party": party, "by": by}
    )


def _as_markdown(short: list[Statement], full: list[Statement]) -> str:
    """Return the question that these statements answer as an editor would write it, wrapped at every other word."""
    notes: list[str] = []
    parts = ["---\nquestion: What?\ntype: fact\nas_of: 2025-03-18\n---"]
    for title, answer in (("Short", short), ("Full", full)):
        parts.append(f"# {title}")
        for statement in answer:
            keys = [f"n{len(notes) + index}" for index in range(len(statement.cite))]
            notes += map(_footnote, keys, statement.cite)
            words = _with_keys(statement.text, keys).split(" ")
            rows = [" ".join(words[at : at + 2]) for at in range(0, len(words), 2)]
            # A row that begins with a dash would be an item of a list.
            parts.append(_braces(statement) + re.sub(r"\n(?=[-*\u2022] )", " ", "\n".join(rows)))
    return "\n\n".join([*parts, *notes]) + "\n"


def _with_keys(text: str, keys: list[str]) -> str:
    return re.sub(r"\[\^(\d)\]", lambda found: f"[^{keys[int(found[1]) - 1]}]", text)


def _footnote(key: str, cited: Citation) -> str:
    quote = f'\n  | "{cited.quote}"' if cited.quote else ""
    return f"[^{key}]: {cited.source} | {cited.where or ''}{quote}"


def _braces(statement: Statement) -> str:
    match statement.certainty:
        case Certainty.REPORTED:
            return ""
        case Certainty.CLAIMED:
            return f"{{claimed: {statement.party}}} "
        case Certainty.ASSESSMENT:
            return f"{{assessment: {statement.by}}} "
    return f"{{{statement.certainty}}} "


@settings(deadline=None)
@given(st.lists(statements(), min_size=1, max_size=3), st.lists(statements(), max_size=3))
def test_an_answer_written_as_markdown_reads_back(short: list[Statement], full: list[Statement]) -> None:
    """What is written down as an editor would write it reads back to the same statements."""
    read = read_file("questions/x.md", _as_markdown(short, full), "talks")
    assert [str(fault) for fault in read.faults] == []
    question = read.entries[0].record
    assert isinstance(question, Question)
    assert question.short == tuple(short)
    assert question.full == tuple(full)
