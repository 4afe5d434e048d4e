"""What can be found of each record."""

import pytest
from hypothesis import given, settings

from bot.catalogue.findable import corpus
from bot.domain.base import Kind
from bot.domain.gate import World
from bot.domain.record import Record
from bot.importing import read_content
from bot.search.corpus import Document
from bot.search.finding import Outcome
from bot.search.index import Index
from tests.importing.sample import write
from tests.strategies import worlds

FINDABLE = {Kind.QUESTION, Kind.AGREEMENT, Kind.PROCESS, Kind.PARTY}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[Record, ...]:
    """Return the records of a small content folder."""
    return read_content(write(tmp_path_factory.mktemp("content"))).records


@pytest.fixture(scope="module")
def documents(records: tuple[Record, ...]) -> dict[tuple[Kind, str], Document]:
    """Return its documents by kind and slug."""
    return {(document.kind, document.slug): document for document in corpus(records).documents}


def test_a_question_is_found_by_its_words_paraphrases_and_tags(documents: dict[tuple[Kind, str], Document]) -> None:
    """What an editor wrote as ways to ask are the ways to ask."""
    document = documents[Kind.QUESTION, "what-was-agreed"]
    assert document.asked == ("What was agreed?", "what did they agree on", "pause")
    assert document.process == "talks"


def test_an_answer_is_told_sentence_by_sentence_without_its_marks(documents: dict[tuple[Kind, str], Document]) -> None:
    """A footnote's mark is no word, and one sentence is one thing told."""
    told = documents[Kind.QUESTION, "what-was-agreed"].told
    assert told[:3] == ("Both sides pause attacks on the harbour.", "The order was given.", "It holds.")


def test_an_agreement_tells_its_title_with_what_its_card_shows(documents: dict[tuple[Kind, str], Document]) -> None:
    """An agreement is asked for by its title; its purpose, positions and duration are told."""
    document = documents[Kind.AGREEMENT, "pause"]
    assert document.asked == ("The pause",)
    assert set(document.told) == {"To halt attacks on the harbour.", "The North accepts."}
    assert any(line.startswith("The pause:") and "30 days" in line for line, _ in document.cues)


def test_a_card_answers_for_each_side_of_its_process(records: tuple[Record, ...]) -> None:
    """It shows the stance of every side, or that none is recorded: who asks for one is answered, not so for others."""
    index = Index(corpus(records))
    finding = index.find("did Southland sign the pause", "talks")
    assert (finding.outcome, finding.hits[0].slug) == (Outcome.ANSWER, "pause")
    assert index.find("did Westland sign the pause", "talks").outcome is not Outcome.ANSWER


def test_a_claim_is_found_by_who_says_it(
    documents: dict[tuple[Kind, str], Document], records: tuple[Record, ...]
) -> None:
    """The sentence of a claim does not name who claims it; the one who asks does, and is shown the sentence itself."""
    cues = documents[Kind.QUESTION, "what-was-agreed"].cues
    assert cues == (("the South says The North must leave.", "The North must leave."),)
    finding = Index(corpus(records)).find("does the South say that the North must leave", "talks")
    assert finding.hits[0].matched == "The North must leave."


def test_sources_and_events_are_not_found_by_a_question(documents: dict[tuple[Kind, str], Document]) -> None:
    """They have no card of their own; what they say stands in the records that cite them."""
    assert {kind for kind, _ in documents} == FINDABLE


def test_the_names_of_every_party_are_known_its_own_first(records: tuple[Record, ...]) -> None:
    """Any name that a party is called by stands for it."""
    assert corpus(records).names == (("Northland", "the North"), ("Southland",))


@pytest.mark.parametrize(
    ("ask", "kind", "slug"),
    [
        ("summary", Kind.PROCESS, "talks"),
        ("give me the latest news", Kind.PROCESS, "talks"),
        ("the port talks", Kind.PROCESS, "talks"),
        ("who is Northland", Kind.PARTY, "northland"),
        ("tell me about the North", Kind.PARTY, "northland"),
        ("what did Northland agree", Kind.QUESTION, "what-was-agreed"),
        ("when does the pause end", Kind.AGREEMENT, "pause"),
    ],
)
def test_each_kind_is_found_by_what_people_ask_of_it(
    records: tuple[Record, ...], ask: str, kind: Kind, slug: str
) -> None:
    """A name alone finds the party, a name with more the question, a summary the process."""
    finding = Index(corpus(records)).find(ask, "talks")
    assert finding.outcome is Outcome.ANSWER
    assert (finding.hits[0].kind, finding.hits[0].slug) == (kind, slug)


@settings(deadline=None, max_examples=25)
@given(worlds)
def test_any_records_can_be_searched(world: World) -> None:
    """However hostile their words are, an index is made of them, and each of its own texts has a finding."""
    found = corpus(world.values())
    index = Index(found)
    assert {document.kind for document in found.documents} <= FINDABLE
    for document in found.documents:
        for text in (*document.asked, *document.told):
            index.find(text, document.process)
