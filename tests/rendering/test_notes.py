"""Numbered citations: which source is [1] in a message."""

from typing import Any

import pytest
from hypothesis import given, settings

from bot.domain.record import Record
from bot.domain.revision import Change, Revision, RevisionRef
from bot.domain.statement import Certainty, Citation, Statement
from bot.rendering.limits import visible
from bot.rendering.notes import Notes
from tests.domain.examples import party, source
from tests.storage.opening import NOON
from tests.strategies import SLUGS, statement_bodies


def table(*records: Record) -> dict[str, Revision[Any]]:
    """Return the records as first revisions, by slug."""
    return {
        str(record.slug): Revision(RevisionRef(number, 1), NOON, "import", Change.UPDATE, "", record)
        for number, record in enumerate(records, 1)
    }


def notes() -> Notes:
    """Return the citations of a new message, of three sources and one party."""
    return Notes(table(source("a"), source("b"), source("c")), table(party(name="Northland")))


def said(text: str, *slugs: str, **more: Any) -> Statement:
    """Return a statement that cites these sources."""
    return Statement.model_validate({"text": text, "cite": [{"source": slug} for slug in slugs], **more})


def cited(*slugs: str) -> list[Citation]:
    """Return citations of these sources."""
    return [Citation.model_validate({"source": slug}) for slug in slugs]


def test_sources_are_numbered_as_they_are_first_met() -> None:
    """The first source of a message is 1 wherever it stands in the records, and keeps its number."""
    message = notes()
    assert message.show(said("One.[^1] Two.[^2]", "c", "a")).html == "One.[1] Two.[2]"
    assert message.show(said("Three.[^1]", "a")).html == "Three.[2]"
    assert message.show(said("Four.[^1]", "b")).html == "Four.[3]"
    assert [(item.number, str(item.source.slug)) for item in message.sources] == [(1, "c"), (2, "a"), (3, "b")]
    assert [revision.ref for revision in message.told] == [RevisionRef(3, 1), RevisionRef(1, 1), RevisionRef(2, 1)]


def test_a_new_message_numbers_anew() -> None:
    """Numbers belong to one message."""
    first, second = notes(), notes()
    first.show(said("x", "a"))
    assert second.show(said("x", "b")).html == "x [1]"


@pytest.mark.parametrize(
    ("text", "slugs", "shown"),
    [
        ("No mark.", ["a"], "No mark. [1]"),
        ("No mark.", ["a", "b"], "No mark. [1][2]"),
        ("No mark.", ["a", "a"], "No mark. [1]"),
        ("One.[^2] Rest.", ["a", "b"], "One.[1] Rest. [2]"),
        ("Beyond.[^3]", ["a", "b"], "Beyond. [1][2]"),
        ("Nought.[^0]", ["a"], "Nought. [1]"),
        ("Huge.[^9999]", ["a"], "Huge.[^9999] [1]"),
        ("Word.[^x]", ["a"], "Word.[^x] [1]"),
        ("**Bold[^1]** *it[^2]*", ["a", "b"], "<b>Bold[1]</b> <i>it[2]</i>"),
        ("Typed [1].[^1]", ["a"], "Typed [1].[1]"),
        ("Unknown.[^1]", ["nowhere"], "Unknown."),
        ("Unknown.", ["nowhere", "b"], "Unknown. [1]"),
        ("None.", [], "None."),
        ("<b>[^1]", ["a"], "&lt;b&gt;[1]"),
    ],
)
def test_marks_stand_where_the_text_says_and_the_rest_at_its_end(text: str, slugs: list[str], shown: str) -> None:
    """A mark in the text becomes its source's number, the other citations follow, what leads nowhere is left out."""
    assert notes().show(said(text, *slugs)).html == shown


def test_marks_of_citations_name_each_source_once() -> None:
    """Behind a date or a stance stand the numbers of its sources."""
    message = notes()
    assert message.marks(cited("b", "a", "b")) == "[1][2]"
    assert message.marks(cited("a", "nowhere")) == "[2]"
    assert message.marks([]) == ""


@pytest.mark.parametrize(
    ("more", "whose"),
    [
        ({}, ""),
        ({"certainty": "claimed", "party": "northland"}, "Northland"),
        ({"certainty": "claimed", "party": "northland", "by": "the North"}, "the North"),
        ({"certainty": "assessment", "by": "A. Writer"}, "A. Writer"),
        ({"certainty": "claimed", "party": "nobody"}, ""),
    ],
)
def test_a_claim_is_its_partys_and_an_assessment_its_authors(more: dict[str, Any], whose: str) -> None:
    """Whose word it is: as the statement words it, else by the party's name."""
    shown = notes().show(said("x", "a", **more))
    assert shown.whose == whose
    assert shown.certainty is Certainty(more.get("certainty", "reported"))


@settings(deadline=None)
@given(statement_bodies())
def test_every_source_of_a_statement_is_met_and_marked(body: dict[str, Any]) -> None:
    """However hostile the words, each cited source has a number, and that number stands in what is shown."""
    statement = Statement.model_validate(body)
    message = Notes(table(*map(source, SLUGS.sources)), table(*map(party, SLUGS.parties)))
    html = message.show(statement).html
    assert {str(item.source.slug) for item in message.sources} == {str(cite.source) for cite in statement.cite}
    assert all(f"[{item.number}]" in visible(html) for item in message.sources)
