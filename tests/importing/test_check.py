"""The check tells all that is wrong once, beside what is published, and nothing that merely follows."""

from pathlib import Path

from bot.domain.base import Kind
from bot.importing import FileFault, assemble, check, decode, read_content, read_file
from bot.importing.faults import in_order
from tests.importing.sample import FILES, broken, write

OTHER = """\
title: Other talks
summary:
  - text: They met.
    cite: [{source: herald}]
as_of: 2025-03-18
"""


def _text(faults: tuple[FileFault, ...]) -> list[str]:
    return [str(fault) for fault in faults]


def test_faults_come_by_file_and_line_and_each_once() -> None:
    """Faults are sorted by file, then by line as a number, without repetition."""
    late, early, other = (FileFault("a", 10, "p", "r"), FileFault("a", 9, "p", "r"), FileFault("b", 1, "p", "r"))
    assert in_order([other, late, early, late]) == (early, late, other)


def test_a_slug_taken_in_another_process_names_both_files(tmp_path: Path) -> None:
    """A slug is one record across all processes; the fault says where the first stands."""
    write(tmp_path)
    write(tmp_path, {"process.yaml": OTHER, "questions/who-is-bound.md": FILES["questions/who-is-bound.md"]}, "zoo")
    problem = "slug 'who-is-bound' belongs to the question in talks/questions/who-is-bound.md:1 already"
    found = _text(check(read_content(tmp_path)))
    assert found == [f"zoo/questions/who-is-bound.md:1: {problem}: choose another"]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """Faults of the files and of the gate come together, so that one round of mending is enough."""
    files = FILES | {
        "process.yaml": FILES["process.yaml"].replace("default", "defualt"),
        "events.yaml": FILES["events.yaml"].replace("[pause]", "[pose]"),
        "questions/who-is-bound.md": FILES["questions/who-is-bound.md"].replace("sides.[^1]", "sides."),
    }
    assert _text(check(read_content(write(tmp_path, files)))) == [
        "talks/events.yaml:11: unknown agreement 'pose': did you mean 'pause'?",
        "talks/process.yaml:8: unknown key 'defualt': did you mean 'default'?",
        "talks/questions/who-is-bound.md:8: paragraph without citation: cite the source that says so",
        "talks/questions/who-is-bound.md:10: footnote [^1] is never used: write [^1] where it belongs, or remove it",
    ]


def test_a_record_that_cannot_be_read_makes_no_links_unknown(tmp_path: Path) -> None:
    """A source with one bad field is one fault, however often it is cited."""
    content = broken(tmp_path, "sources.yaml", "type: outlet", "type: paper")
    assert [fault.line for fault in check(content)] == [5]


def test_a_file_that_cannot_be_read_makes_no_links_unknown(tmp_path: Path) -> None:
    """Where a whole list is lost, nothing is said of links that lead into it, nor of probes."""
    content = broken(tmp_path, "parties.yaml", "- slug: northland", "- slug: 'northland")
    assert [(fault.file, fault.line) for fault in check(content)] == [("talks/parties.yaml", 1)]
    content = broken(tmp_path, "sources.yaml", "title: The text", "title: 'The text")
    assert [(fault.file, fault.line) for fault in check(content)] == [("talks/sources.yaml", 11)]


def test_confirmed_by_one_source_is_told_where_the_sources_are_known(tmp_path: Path) -> None:
    """The gate's own faults come with file and line."""
    content = broken(tmp_path, "sources.yaml", "primary text", "official statement")
    assert _text(check(content)) == [
        (
            "talks/questions/what-was-agreed.md:14: confirmed by one source that is no primary text: "
            "cite a primary text or a second, independent source, or drop 'confirmed'"
        )
    ]


def test_links_may_lead_to_what_is_published(tmp_path: Path) -> None:
    """Content may link to published records that no file holds any more."""
    whole = read_content(write(tmp_path / "whole"))
    part = {name: text for name, text in FILES.items() if name not in {"sources.yaml", "agreements/pause.yaml"}}
    content = read_content(write(tmp_path / "part", part))
    assert len(check(content)) > 1
    assert check(content, whole.records) == ()


def test_a_published_record_that_content_breaks_is_told_without_a_file(tmp_path: Path) -> None:
    """Where content makes a published record wrong, the fault says that no file holds it."""
    whole = read_content(write(tmp_path / "whole"))
    text = FILES["sources.yaml"].replace("primary text", "outlet").replace("Northland", "The Herald")
    content = assemble([read_file("sources.yaml", text, "talks")])
    problem = "confirmed by one source that is no primary text"
    remedy = "cite a primary text or a second, independent source, or drop 'confirmed'"
    assert _text(check(content, whole.records)) == [f"(published):0: {problem}: {remedy}"]
    assert check(content, whole.records, only={(Kind.SOURCE, "text")}) == ()


def test_what_clashes_with_a_published_record_is_told_in_the_file(tmp_path: Path) -> None:
    """A command that a published question owns already is a fault of the file that wants it."""
    whole = read_content(write(tmp_path))
    text = FILES["questions/who-is-bound.md"].replace("question: Who", "command: agreed\nquestion: Who")
    content = assemble([read_file("questions/who-is-bound.md", text, "talks")])
    assert _text(check(content, whole.records)) == [
        "talks/questions/who-is-bound.md:2: /agreed belongs to question 'what-was-agreed' already: choose another"
    ]


def test_one_file_alone_is_checked_against_what_is_published(tmp_path: Path) -> None:
    """A file that somebody sends is decoded, read and checked without a folder."""
    whole = read_content(write(tmp_path))
    data = FILES["questions/who-is-bound.md"].replace("herald", "hearld").encode()
    text = decode("talks/questions/new.md", data)
    assert isinstance(text, str)
    content = assemble([read_file("questions/new.md", text, "talks")])
    assert _text(check(content, whole.records)) == [
        "talks/questions/new.md:10: unknown source 'hearld': did you mean 'herald'?"
    ]


def test_a_record_that_cannot_be_read_is_checked_as_far_as_it_can(tmp_path: Path) -> None:
    """What the gate says of the rest of a broken record comes in the same round as what broke it."""
    question = FILES["questions/what-was-agreed.md"]
    for old, new in (
        ("type: fact", "type: fakt"),
        ("command: agreed", "command: help"),
        ("[who-is-bound]", "[who-is-bond]"),
        (" It holds.[^h]", "\n\nIt holds."),
        ("{claimed: southland, by: the South}", "{claimed}"),
    ):
        question = question.replace(old, new)
    source = FILES["sources.yaml"].replace("type: outlet", "type: paper").replace("      credit: A. Photographer\n", "")
    files = FILES | {"questions/what-was-agreed.md": question, "sources.yaml": source}
    assert [(fault.file, fault.line, fault.problem) for fault in check(read_content(write(tmp_path, files)))] == [
        ("talks/questions/what-was-agreed.md", 2, "/help is one of Parley's own commands"),
        ("talks/questions/what-was-agreed.md", 6, "'type' is 'fakt'"),
        ("talks/questions/what-was-agreed.md", 9, "unknown question 'who-is-bond'"),
        ("talks/questions/what-was-agreed.md", 21, "paragraph without citation"),
        ("talks/questions/what-was-agreed.md", 23, "a claim without the party that claims it"),
        ("talks/sources.yaml", 5, "'type' is 'paper'"),
        ("talks/sources.yaml", 8, "picture without credit"),
    ]


def test_an_answer_below_broken_front_matter_is_checked(tmp_path: Path) -> None:
    """Front matter that cannot be read says nothing of the paragraphs below it, and keeps none of their faults back."""
    question = FILES["questions/who-is-bound.md"].replace("type: ex", "type: 'ex").replace("sides.[^1]", "sides.")
    found = check(read_content(write(tmp_path, FILES | {"questions/who-is-bound.md": question})))
    assert [(fault.line, fault.problem) for fault in found] == [
        (3, "a quotation mark is never closed"),
        (8, "paragraph without citation"),
        (10, "footnote [^1] is never used"),
    ]


def test_names_of_a_party_that_cannot_be_read_clash_all_the_same(tmp_path: Path) -> None:
    """The names that could be read are compared; a name that could not be clashes with none."""
    parties = FILES["parties.yaml"].replace("  type: state\n", "") + "  aliases: [the North]\n"
    parties = parties.replace("name: Southland", "name: ")
    found = check(read_content(write(tmp_path, FILES | {"parties.yaml": parties})))
    assert [(fault.line, fault.problem) for fault in found] == [
        (1, "missing key 'type'"),
        (4, "missing key 'type'"),
        (5, "'name' is empty"),
        (6, "'the North' is a name of party 'northland' already, in talks/parties.yaml:3"),
    ]


def test_many_faults_in_one_record_are_told_and_nothing_that_follows(tmp_path: Path) -> None:
    """Keys unknown, missing, empty, of the wrong shape and too many: each is one fault, and none makes a second."""
    pause = FILES["agreements/pause.yaml"]
    for old, new in (
        ("title: The pause\n", "titel: The pause\n"),
        ("stage: ceasefire", "stage: truce"),
        ("  text: To halt attacks on the harbour.\n", ""),
        ("    on: 2025-03-18\n", "    on: some day\n"),
        ("  days: 30", "  days: many"),
        ("stance: accepts", "stance: maybe"),
        ("as_of: 2025-03-18", "as_of:\nmediators: Westland"),
    ):
        pause = pause.replace(old, new, 1)
    found = check(read_content(write(tmp_path, FILES | {"agreements/pause.yaml": pause})))
    assert len(found) == len({fault.problem for fault in found}) == 9


def test_what_is_published_is_not_blamed_for_what_is_new(tmp_path: Path) -> None:
    """A new process whose folder comes first by name gets the blame for clashing, and both places are named."""
    before = read_content(write(tmp_path))
    new = {
        "process.yaml": OTHER + "default: true\n",
        "parties.yaml": FILES["parties.yaml"].replace("slug: ", "slug: a-"),
        "questions/who-is-it.md": FILES["questions/who-is-bound.md"].replace("---\nq", "---\ncommand: agreed\nq"),
        "questions/who-is-bound.md": FILES["questions/who-is-bound.md"],
    }
    write(tmp_path, new, "a-talks")
    found = check(read_content(tmp_path), before.records)
    assert [(fault.file, fault.line, fault.problem) for fault in found] == [
        ("a-talks/parties.yaml", 2, "'Northland' is a name of party 'northland' already, in talks/parties.yaml:2"),
        ("a-talks/parties.yaml", 4, "'the North' is a name of party 'northland' already, in talks/parties.yaml:4"),
        ("a-talks/parties.yaml", 6, "'Southland' is a name of party 'southland' already, in talks/parties.yaml:6"),
        ("a-talks/process.yaml", 6, "'talks' is the default process already, in talks/process.yaml:8"),
        (
            "a-talks/questions/who-is-bound.md",
            1,
            "slug 'who-is-bound' belongs to the question in talks/questions/who-is-bound.md:1 already",
        ),
        (
            "a-talks/questions/who-is-it.md",
            2,
            "/agreed belongs to question 'what-was-agreed' already, in talks/questions/what-was-agreed.md:2",
        ),
    ]


def test_of_two_published_records_the_one_that_changes_is_blamed(tmp_path: Path) -> None:
    """A file that takes a command from a record that stays as it is has the fault."""
    before = read_content(write(tmp_path))
    name = "questions/who-is-bound.md"
    write(tmp_path, {name: FILES[name].replace("---\nq", "---\ncommand: agreed\nq")})
    for published in (before.records, before.records[::-1]):
        assert [fault.file for fault in check(read_content(tmp_path), published)] == [f"talks/{name}"]


def test_a_record_that_stands_in_no_file_is_located_as_published(tmp_path: Path) -> None:
    """Looking up a record that no file holds says so."""
    assert read_content(write(tmp_path)).locate(Kind.PARTY, "nobody") == ("(published)", 0)
