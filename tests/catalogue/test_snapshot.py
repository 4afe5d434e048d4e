"""The snapshot: what is published, by slug, by command and by name."""

from collections.abc import Iterable
from dataclasses import FrozenInstanceError

import pytest

from bot.catalogue.snapshot import Snapshot, in_process, snapshot_of
from bot.domain.base import Kind
from bot.domain.record import Record
from bot.domain.revision import Change, Revision, RevisionRef
from tests.domain import examples
from tests.domain.examples import agreement, party, process, question, source
from tests.storage.opening import NOON


def snapshot(published: Iterable[Record], *, retracted: Iterable[Record] = ()) -> Snapshot:
    """Return the snapshot of these records, some of which were retracted."""
    changes = [(record, Change.UPDATE) for record in published]
    changes += [(record, Change.RETRACTION) for record in retracted]
    return snapshot_of(
        3,
        [
            Revision(RevisionRef(number, 1), NOON, "import", change, "", record)
            for number, (record, change) in enumerate(changes, 1)
        ],
    )


@pytest.fixture(scope="module")
def shown() -> Snapshot:
    """Return a snapshot of one record of each kind, some with names."""
    records: dict[object, Record] = {(record.kind, record.slug): record for record in examples.records()}
    for record in (
        party(name="Northland", aliases=("the North", "N-Land")),
        party("southland", name="Südland", aliases=("the South",)),
        process(aliases=("harbour", "port talks")),
        question(command="agreed"),
        question("who-is-bound", question="Who is bound by it?"),
        agreement(aliases=("30-day truce",)),
        agreement("peace", title="Peace treaty"),
    ):
        records[record.kind, record.slug] = record
    return snapshot(records.values())


def test_every_record_is_found_by_its_slug(shown: Snapshot) -> None:
    """Each kind has its table, in the order in which the records came."""
    assert [*shown.processes] == ["talks"]
    assert [*shown.parties] == ["northland", "southland"]
    assert [*shown.sources] == ["herald"]
    assert [*shown.questions] == ["what-was-agreed", "who-is-bound"]
    assert [*shown.agreements] == ["pause", "peace"]
    assert [*shown.events] == ["call"]
    assert shown.agreements["peace"].record.title == "Peace treaty"
    assert shown.number == 3
    assert not shown.empty


def test_records_are_found_by_number_and_questions_by_command(shown: Snapshot) -> None:
    """A revision's reference leads to its record, a command to its question."""
    revision = shown.parties["northland"]
    assert shown.by_id(revision.ref.record) is revision
    assert shown.by_id(99) is None
    assert [*shown.by_command] == ["agreed"]
    assert shown.by_command["agreed"] is shown.questions["what-was-agreed"]


def test_retracted_records_are_in_no_table() -> None:
    """What was withdrawn is not shown, not found by its command, its name or its number, and not searched."""
    retracted = [question(command="agreed"), agreement()]
    shown = snapshot([process(), party(), source()], retracted=retracted)
    assert not shown.questions
    assert not shown.agreements
    assert not shown.by_command
    assert shown.by_id(4) is None
    assert shown.named(shown.agreements, "The pause") is None
    assert {hit.kind for hit in shown.index.find("What was agreed?").hits} <= {Kind.PROCESS, Kind.PARTY}
    before = snapshot([process(), party(), source(), *retracted])
    assert before.index.find("What was agreed?").hits[0].kind is Kind.QUESTION


def test_nothing_published_is_an_empty_snapshot() -> None:
    """Without a process there is nothing to ask about."""
    shown = snapshot([])
    assert shown.empty
    assert shown.default_process() is None


@pytest.mark.parametrize(
    ("processes", "expected"),
    [
        ([process("one"), process("two")], "one"),
        ([process("one"), process("two", default=True)], "two"),
        ([process("one", default=True), process("two", default=True)], "one"),
    ],
)
def test_a_chat_starts_with_the_default_process(processes: list[Record], expected: str) -> None:
    """The one that is marked, else the first."""
    default = snapshot(processes).default_process()
    assert default
    assert default.record.slug == expected


def test_records_know_their_process(shown: Snapshot) -> None:
    """A record has the process it is filed under, a process has itself, one filed under nothing has none."""
    talks = shown.processes["talks"].record
    assert shown.process_of(shown.events["call"].record) is talks
    assert shown.process_of(talks) is talks
    assert shown.process_of(party(process="gone")) is None


def test_a_table_can_be_narrowed_to_a_process() -> None:
    """The records of one process, or of all."""
    shown = snapshot([process(), process("wars"), source(), source("gazette", process="wars")])
    assert [str(revision.record.slug) for revision in in_process(shown.sources, "wars")] == ["gazette"]
    assert [str(revision.record.slug) for revision in in_process(shown.sources, None)] == ["herald", "gazette"]
    assert in_process(shown.sources, "nowhere") == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        *(("northland", "northland"), ("  NORTHLAND ", "northland"), ("the north", "northland")),
        *(("The North!", "northland"), ("n land", "northland"), ("N-Land", "northland"), ("Nortland", "northland")),
        *(("nrothland", "northland"), ("Südland", "southland"), ("Sudland", "southland"), ("southland", "southland")),
        *(("", None), ("  ", None), ("?!", None), ("-", None), ("westland", None), ("x" * 5000, None)),
        *(("land", "northland"), ("north", "northland"), ("the", None), ("the north south", None)),
        *(("\x00", None), ("<b>", None), ("停戦", None)),
    ],
)
def test_a_name_is_forgiven_its_spelling_but_not_guessed(shown: Snapshot, words: str, expected: str | None) -> None:
    """Slug, name, alias or a word of one names a party, a letter wrong or not; what could be two names none."""
    found = shown.named(shown.parties, words)
    assert (str(found.record.slug) if found else None) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("pause", "pause"), ("The Pause", "pause"), ("30 day truce", "pause"), ("peace treety", "peace"), ("war", None)],
)
def test_agreements_are_named_by_title_and_alias(shown: Snapshot, words: str, expected: str | None) -> None:
    """A title behind a command need not be typed as it is written."""
    found = shown.named(shown.agreements, words)
    assert (str(found.record.slug) if found else None) == expected


def test_questions_are_named_by_their_words_or_their_command(shown: Snapshot) -> None:
    """A question answers to its slug, its command and its own words."""
    for words in ("agreed", "what was agreed", "what-was-agreed"):
        found = shown.named(shown.questions, words)
        assert found
        assert found.record.slug == "what-was-agreed"


def test_a_snapshot_never_changes(shown: Snapshot) -> None:
    """Whoever answers from it sees the same to the end."""
    with pytest.raises(TypeError):
        shown.parties["westland"] = shown.parties["northland"]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        shown.number = 4  # type: ignore[misc]
