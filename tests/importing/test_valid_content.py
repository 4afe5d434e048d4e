"""A valid folder becomes records, exactly as written."""

from datetime import date
from pathlib import Path

from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.question import Question
from bot.domain.statement import Certainty
from bot.importing import Probe, check, read_content
from tests.importing.sample import FILES, write


def test_a_complete_folder_gives_every_record_and_no_fault(tmp_path: Path) -> None:
    """All kinds of record are read, filed under their process, in the order process to events."""
    content = read_content(write(tmp_path))
    assert check(content) == ()
    assert {(record.kind.value, str(record.slug)) for record in content.records} == {
        ("process", "talks"),
        ("party", "northland"),
        ("party", "southland"),
        ("source", "herald"),
        ("source", "text"),
        ("question", "what-was-agreed"),
        ("question", "who-is-bound"),
        ("agreement", "pause"),
        ("event", "call"),
    }
    assert all(getattr(record, "process", "talks") == "talks" for record in content.records)


def test_an_answer_is_read_as_statements(tmp_path: Path) -> None:
    """Paragraphs become statements: joined lines, certainty, party, and citations numbered by first use."""
    records = read_content(write(tmp_path)).records
    question = next(record for record in records if isinstance(record, Question) and record.command == "agreed")
    (short,) = question.short
    assert (short.text, short.certainty) == ("Both sides pause attacks on the harbour.[^1]", Certainty.CONFIRMED)
    assert [str(cited.source) for cited in short.cite] == ["text"]
    order, claim, view = question.full
    assert order.text == "The order was given.[^1][^2] It holds.[^1]"
    assert order.certainty is Certainty.SAID_TO_BE
    assert [(cited.source, cited.where, cited.quote) for cited in order.cite] == [
        ("herald", "first section", "the words of the Herald"),
        ("text", None, None),
    ]
    assert (claim.certainty, claim.party, claim.by) == (Certainty.CLAIMED, "southland", "the South")
    assert (view.certainty, view.party, view.by) == (Certainty.ASSESSMENT, None, "A. Writer")


def test_a_footnote_may_leave_out_where_its_words_stand(tmp_path: Path) -> None:
    """A quote right after the source is a quote, not a place."""
    records = read_content(write(tmp_path)).records
    question = next(record for record in records if record.slug == "who-is-bound")
    assert isinstance(question, Question)
    (cited,) = question.short[0].cite
    assert (cited.where, cited.quote) == (None, "both sides")


def test_an_agreement_keeps_its_dates_as_written(tmp_path: Path) -> None:
    """Dates keep their precision, and a possible day stays only possible."""
    records = read_content(write(tmp_path)).records
    pause = next(record for record in records if isinstance(record, Agreement))
    assert pause.dates.effective
    assert (str(pause.dates.effective.on), pause.dates.effective.perhaps) == ("unclear", date(2025, 3, 19))
    assert pause.conditional_end == date(2025, 4, 18)


def test_probes_are_read_with_all_slugs_that_are_right(tmp_path: Path) -> None:
    """A probe leads to one slug, several, or none, and may be a known miss."""
    file = "talks/probes.yaml"
    assert read_content(write(tmp_path)).probes == (
        Probe("what did they agree on the phone", "talks", ("what-was-agreed",), known_miss=False, file=file, line=1),
        Probe("who won the cup", "talks", (), known_miss=False, file=file, line=3),
        Probe("the pause", "talks", ("pause", "talks"), known_miss=True, file=file, line=5),
    )


def test_one_process_folder_reads_like_the_folder_above_it(tmp_path: Path) -> None:
    """The folder of one process gives the same records, and the same file names, as its content folder."""
    write(tmp_path)
    above, alone = read_content(tmp_path), read_content(tmp_path / "talks")
    assert alone.records == above.records
    assert alone.locate(Kind.EVENT, "call", ("occurred",)) == ("talks/events.yaml", 4)


def test_how_a_file_was_saved_does_not_matter(tmp_path: Path) -> None:
    """A byte order mark, Windows line ends and decomposed letters read like plain UTF-8, with the same lines."""
    files = FILES | {"process.yaml": FILES["process.yaml"].replace("harbour talks", "Café talks")}
    plain = read_content(write(tmp_path / "plain", files))
    write(tmp_path / "odd", files)
    for path in (tmp_path / "odd").rglob("*.*"):
        text = path.read_text(encoding="utf-8").replace("é", "e\u0301").replace("\n", "\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    odd = read_content(tmp_path / "odd")
    assert check(odd) == ()
    assert odd.records == plain.records
    assert odd.probes == plain.probes
    assert odd.locate(Kind.QUESTION, "what-was-agreed", ("full", 0)) == ("talks/questions/what-was-agreed.md", 19)
