"""The gate: what must hold before anything is published."""

from typing import Any

import pytest
from hypothesis import given, settings

from bot.domain.base import Kind, Path
from bot.domain.gate import World, faults
from bot.domain.record import Record
from tests.domain.examples import (
    CITE,
    SAID,
    agreement,
    event,
    key_date,
    party,
    position,
    process,
    question,
    source,
    world,
)
from tests.strategies import worlds


def said(**changes: Any) -> dict[str, Any]:
    """Return a cited statement with changes."""
    return SAID | changes


def test_a_valid_world_has_no_fault() -> None:
    """One record of each kind, all cited and linked, passes."""
    assert faults(world()) == ()


@settings(max_examples=25, deadline=None)
@given(worlds)
def test_hostile_words_are_no_fault(drawn: World) -> None:
    """The gate judges facts and links, not words: any text that a record holds passes."""
    assert faults(drawn) == ()


OTHER_SIDE = "add what the other side says as {claimed: party-slug}, or that there was 'no statement found'"
UNCONFIRMED = "cite a primary text or a second, independent source, or drop 'confirmed'"
CASES: dict[str, tuple[tuple[Record, ...], Kind, str, Path, str, str]] = {
    "a statement without a citation": (
        (question(short=(said(cite=()),)),),
        *(Kind.QUESTION, "what-was-agreed", ("short", 0)),
        *("paragraph without citation", "cite the source that says so"),
    ),
    "a claim of nobody": (
        (
            question(
                full=(said(), said(certainty="claimed")),
            ),
        ),
        *(Kind.QUESTION, "what-was-agreed", ("full", 1)),
        *("a claim without the party that claims it", "write {claimed: party-slug}"),
    ),
    "an assessment of nobody": (
        (process(summary=(said(certainty="assessment"),)),),
        *(Kind.PROCESS, "talks", ("summary", 0)),
        *("an assessment without its author", "write {assessment: Name of the author}"),
    ),
    "a disputed point with one side": (
        (question(full=(said(certainty="disputed", party="northland"), said(certainty="claimed", party="northland"))),),
        *(Kind.QUESTION, "what-was-agreed", ("full", 0)),
        *("a disputed point without the other side", OTHER_SIDE),
    ),
    "confirmed by one outlet": (
        (event(text=(said(certainty="confirmed"),)),),
        *(Kind.EVENT, "call", ("text", 0)),
        *("confirmed by one source that is no primary text", UNCONFIRMED),
    ),
    "confirmed by two articles of one publisher": (
        (
            source("herald-2", publisher="THE HERALD"),
            event(text=(said(certainty="confirmed", cite=(*CITE, {"source": "herald-2"})),)),
        ),
        *(Kind.EVENT, "call", ("text", 0)),
        *("confirmed by one source that is no primary text", UNCONFIRMED),
    ),
    "a link that is nearly right": (
        (event(actors=("nothland",)),),
        *(Kind.EVENT, "call", ("actors", 0)),
        *("unknown party 'nothland'", "did you mean 'northland'?"),
    ),
    "a link to nothing alike": (
        (question(short=(said(cite=({"source": "zq"},)),)),),
        *(Kind.QUESTION, "what-was-agreed", ("short", 0, "cite", 0, "source")),
        *("unknown source 'zq'", "add it, or name a source that exists"),
    ),
    "a record of no process": (
        (party("southland", process="wars"),),
        *(Kind.PARTY, "southland", ("process",)),
        *("unknown process 'wars'", "add it, or name a process that exists"),
    ),
    "a picture without credit": (
        (source(pictures=({"caption": "The harbour", "credit": "A. Photographer"}, {"caption": "A ship"})),),
        *(Kind.SOURCE, "herald", ("pictures", 1)),
        *("picture without credit", "add 'credit:' as the source gives it"),
    ),
    "a command of Parley's": (
        (question(command="help"),),
        *(Kind.QUESTION, "what-was-agreed", ("command",)),
        *("/help is one of Parley's own commands", "choose another command"),
    ),
    "a command of another question": (
        (question(command="agreed"), question("who-agreed", command="agreed")),
        *(Kind.QUESTION, "who-agreed", ("command",)),
        *("/agreed belongs to question 'what-was-agreed' already", "choose another"),
    ),
    "a key of another position": (
        (agreement(positions=(position(), position(party="southland"))),),
        *(Kind.AGREEMENT, "pause", ("positions", 1, "key")),
        *("position key 'north-accepts' taken twice", "choose another"),
    ),
    "a position on no provision": (
        (agreement(positions=(position(provision="harbour"),), provisions=({"key": "port", "text": SAID},)),),
        *(Kind.AGREEMENT, "pause", ("positions", 0, "provision")),
        *("unknown provision 'harbour'", "name the key of one of the agreement's provisions"),
    ),
    "an end before the start": (
        (agreement(dates={"effective": key_date("2025-03-18"), "ended": key_date("2025-02")}),),
        *(Kind.AGREEMENT, "pause", ("dates",)),
        *("ends before it takes effect", "check the dates against the source"),
    ),
    "a second default process": (
        (process(default=True), process("other", default=True)),
        *(Kind.PROCESS, "other", ("default",)),
        *("'talks' is the default process already", "leave only one default"),
    ),
    "a name of another party": (
        (party(aliases=("the North",)), party("southland", aliases=("South", "The north"))),
        *(Kind.PARTY, "southland", ("aliases", 1)),
        *("'The north' is a name of party 'northland' already", "give each name to one party"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_told_once_with_its_place_and_remedy(case: str) -> None:
    """One thing wrong gives one fault: which record, where in it, what is wrong and what to do."""
    changed, kind, slug, path, problem, remedy = CASES[case]
    (fault,) = faults(world(*changed))
    assert (fault.kind, fault.slug, fault.path) == (kind, slug, path)
    assert (fault.problem, fault.remedy) == (problem, remedy)


@pytest.mark.parametrize(
    "changed",
    [
        (source(type="primary text"), event(text=(said(certainty="confirmed"),))),
        (
            source("gazette", publisher="The Gazette"),
            event(text=(said(certainty="confirmed", cite=(*CITE, {"source": "gazette"})),)),
        ),
        (question(short=(said(certainty="claimed", party="northland"),)),),
        (question(short=(said(certainty="assessment", by="A. Writer"),)),),
        (question(short=(said(certainty="disputed"),), full=(said(certainty="claimed", party="southland"),)),),
        (question(short=(said(certainty="disputed", text="They did. No statement found from the other side."),)),),
        (event(text=(said(certainty="disputed"),), alleged_by="northland", denied_by="southland"),),
        (agreement(conditions=(said(certainty="disputed", party="southland"),), positions=(position(),)),),
        (agreement(dates={"effective": key_date("2025-03-18"), "ended": key_date("2025-03")}),),
        (agreement(dates={"effective": key_date("unclear"), "ended": key_date("2025-03-01")}),),
        (party(aliases=("northland", "Northland")),),
        (agreement(positions=(position(), position(key="north-again"))),),
    ],
)
def test_what_the_rules_allow_passes(changed: tuple[Record, ...]) -> None:
    """Two publishers confirm; a claim, position or denial is another side; an end that may lie later is none before."""
    assert faults(world(*changed)) == ()


def test_every_fault_of_a_world_is_told_at_once() -> None:
    """An editor gets the whole list, not the first fault of it."""
    broken = world(question(short=(said(cite=()), said(cite=()))), event(actors=("nobody-here",)))
    assert [fault.path for fault in faults(broken)] == [("short", 0), ("short", 1), ("actors", 0)]
