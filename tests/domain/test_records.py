"""Records as they are stored: slugs, words, links, and bodies old and new."""

from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.commands.registry import COMMANDS
from bot.domain.base import Kind, Slug, without_unseen
from bot.domain.gate import World
from bot.domain.kinds import MODELS, Body, read_body
from bot.domain.record import Record
from bot.domain.reserved import RESERVED_COMMANDS
from bot.domain.statement import Line, Statement, Words
from tests.domain.examples import question, records, source, world
from tests.strategies import PIECES, worlds

WORDS: TypeAdapter[str] = TypeAdapter(Words)
LINE: TypeAdapter[str] = TypeAdapter(Line)
UNSEEN = "\x00\x07\x0b\x1b\x7f\x85\u202a\u202e\u2066\u2069\ufeff\r"


@pytest.mark.parametrize("text", ["a", "0", "-", "talks-2025", "a" * 40])
def test_a_slug_is_up_to_forty_of_its_letters(text: str) -> None:
    """Small letters, digits and hyphens, one to forty of them."""
    assert TypeAdapter(Slug).validate_python(text) == text


@pytest.mark.parametrize("text", ["", "a" * 41, "Talks", "a b", "a_b", "ä", "a\n", "\u0430", "../etc", "a.b", "\u0661"])
def test_what_could_mislead_in_a_link_is_no_slug(text: str) -> None:
    """Capitals, blanks, look-alikes from other alphabets and paths are refused."""
    with pytest.raises(ValidationError, match="is no slug: use 1 to 40 of a-z, 0-9 and -"):
        TypeAdapter(Slug).validate_python(text)


def test_unseen_characters_are_taken_out_of_words() -> None:
    """Controls and the marks that turn text around go; line breaks, tabs and joined emoji stay."""
    assert without_unseen(f"a{UNSEEN}b") == "ab"
    assert without_unseen("a\n\tb 👩‍👩‍👧 مرحبا") == "a\n\tb 👩‍👩‍👧 مرحبا"


@pytest.mark.parametrize("text", ["", "  \n", UNSEEN, f" {UNSEEN} {UNSEEN}"])
def test_words_that_nobody_can_see_are_no_words(text: str) -> None:
    """A statement of blanks and unseen characters alone is refused."""
    with pytest.raises(ValidationError):
        WORDS.validate_python(text)


def test_a_line_has_no_break_and_is_short() -> None:
    """A title is one line of at most 250 characters."""
    assert LINE.validate_python("x" * 250 + "\n") == "x" * 250
    for text in ("a\nb", "x" * 251):
        with pytest.raises(ValidationError):
            LINE.validate_python(text)


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=6).map("".join))
def test_words_read_again_are_the_same(text: str) -> None:
    """Cleaning is done once and for all: stored words read back as they were, so an import repeated changes nothing."""
    try:
        read = WORDS.validate_python(text)
    except ValidationError:
        return
    assert WORDS.validate_python(read) == read


@settings(max_examples=25, deadline=None)
@given(worlds)
def test_any_record_reads_back_from_its_stored_body(drawn: World) -> None:
    """What is stored leaves out defaults and loses nothing else."""
    for (kind, _), record in drawn.items():
        body: Body = TypeAdapter(Body).validate_json(record.model_dump_json(exclude_defaults=True))
        again = read_body(kind, type(record).shape, body)
        assert again == record
        assert again.model_dump_json() == record.model_dump_json()


def test_each_kind_of_record_has_a_model_and_an_example() -> None:
    """No kind can be stored that cannot be read, and these tests know them all."""
    assert set(MODELS) == set(Kind) == {kind for kind, _ in world()}
    assert all(MODELS[record.kind] is type(record) for record in records())


def test_a_record_is_frozen_and_refuses_keys_it_does_not_know() -> None:
    """A misspelt key is an error, not lost; a record never changes under whoever holds it."""
    with pytest.raises(ValidationError, match="tittle"):
        source(tittle="x")
    with pytest.raises(ValidationError, match="frozen"):
        setattr(source(), "title", "x")  # noqa: B010 - mypy knows that it is frozen


def test_every_link_is_found_with_its_path() -> None:
    """The links of a question: its process, its citations however deep, what it is related to."""
    record = question(related=("who-agreed",), full=(Statement(text="x", cite=({"source": "text"},)),))
    found = [(path, link.kind, str(link)) for path, link in record.references()]
    assert found == [
        (("process",), Kind.PROCESS, "talks"),
        (("short", 0, "cite", 0, "source"), Kind.SOURCE, "herald"),
        (("full", 0, "cite", 0, "source"), Kind.SOURCE, "text"),
        (("related", 0), Kind.QUESTION, "who-agreed"),
    ]


class _Third(Record):
    """A party as it may look two shapes later."""

    kind: ClassVar[Kind] = Kind.PARTY
    shape: ClassVar[int] = 3

    names: tuple[str, ...]
    since: int


def _name_to_names(body: Body) -> Body:
    return {"slug": body["slug"], "names": [body["name"]]}


def _add_since(body: Body) -> Body:
    return body | {"since": 1945}


def _read(shape: int, body: Body, steps: dict[tuple[Kind, int], Any]) -> Record:
    return read_body(Kind.PARTY, shape, body, models={Kind.PARTY: _Third}, upcasts=steps)


def test_old_bodies_are_brought_up_step_by_step() -> None:
    """A body of the first shape goes through every step, one of the second only through the last."""
    steps = {(Kind.PARTY, 1): _name_to_names, (Kind.PARTY, 2): _add_since}
    expected = _Third(slug=Slug("x"), names=("X",), since=1945)
    old: Body = {"slug": "x", "name": "X"}
    assert _read(1, old, steps) == _read(2, {"slug": "x", "names": ["X"]}, steps) == expected
    assert _read(3, {"slug": "x", "names": ["X"], "since": 1945}, {}) == expected
    assert old == {"slug": "x", "name": "X"}


def test_a_missing_step_is_an_error() -> None:
    """A body that no step brings up is not guessed at."""
    with pytest.raises(KeyError):
        _read(1, {"slug": "x", "name": "X"}, {(Kind.PARTY, 2): _add_since})


def test_every_command_of_parleys_is_reserved() -> None:
    """No question can take a command that Parley answers to."""
    assert {command.name for command in COMMANDS} <= RESERVED_COMMANDS
