"""Evidence: words that are each found somewhere in a record are no answer; a text that says what is asked is."""

import pytest

from bot.domain.base import Kind
from bot.search.corpus import Corpus, Document
from bot.search.finding import Finding, Hit, Outcome
from bot.search.index import Index
from tests.search.sample import CORPUS, HARBOUR

ROLE = Document(Kind.QUESTION, "role", HARBOUR, ("What part did Southland play?", "what was Southland's role"))
ATTACKS = Document(
    Kind.QUESTION,
    "attacks",
    HARBOUR,
    ("Which attacks stop?", "should the neighbours stop sending arms"),
    (
        "Northland stops its attacks on Southland's lighthouses for forty days.",
        "Marenko demands that Southland, in return, also stop its patrols at sea.",
        "The arms come from the neighbours.",
    ),
)
GOAL = Document(
    Kind.QUESTION, "goal", HARBOUR, ("What does Halvorsen want?", "Halvorsen's goal in the Northland talks")
)
BRIEF = Document(Kind.PROCESS, HARBOUR, HARBOUR, ("The harbour talks", "Northland-Southland talks", "summary"))
OTHERS = tuple(document for document in CORPUS.documents if document.kind is Kind.PARTY)
USA = ("United States", "US", "U.S.", "Washington")
INDEX = Index(Corpus((ROLE, ATTACKS, GOAL, BRIEF, *OTHERS), (*CORPUS.names, USA)))


def find(text: str) -> Finding:
    """Return what the text finds."""
    return INDEX.find(text, HARBOUR)


@pytest.mark.parametrize(
    "text",
    [
        "what is the role of the US",
        "what was Washington's role",
        "did Halvorsen talk to Marenko",
        "did Marenko talk with Halvorsen",
        "did Southland attack Northland's lighthouses",
        "how many arms do the neighbours send",
        "why do the attacks stop",
        "did the neighbours stop sending arms",
        "did Southland stop its patrols at sea",
        "did Northland violate the stop of attacks",
        "when do the attacks on the lighthouses stop",
    ],
)
def test_what_no_single_text_says_is_not_answered(text: str) -> None:
    """Another party, the parties swapped, a number, a reason or a day that is not told: offered at most."""
    assert find(text).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("what was the role of Southland", "role"),
        ("what is Halvorsen's goal in talking to Northland", "goal"),
        ("how long does Northland stop its attacks on lighthouses", "attacks"),
        ("should the neighbours stop sending weapons", "attacks"),
        ("northland southland talks summary", HARBOUR),
    ],
)
def test_what_a_text_says_is_answered(text: str, slug: str) -> None:
    """The same parties in the same part, with what is sought, are an answer."""
    finding = find(text)
    assert (finding.outcome, finding.hits[0].slug) == (Outcome.ANSWER, slug)


def test_what_is_not_answered_is_offered_in_the_order_of_its_likeness() -> None:
    """Without evidence a record stays worth offering, below what is an answer."""
    finding = find("what is the role of the US")
    assert finding.outcome is Outcome.SUGGESTIONS
    assert finding.hits[0].slug == "role"


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("what was Southland's role?", "what was Southland's role"),
        ("how long does Northland stop its attacks on lighthouses", ATTACKS.told[0]),
        ("the role of Southland", "what was Southland's role"),
    ],
)
def test_a_hit_tells_the_text_that_is_most_like_the_question(text: str, matched: str) -> None:
    """So that a page can show the sentence that was found."""
    assert find(text).hits[0].matched == matched


def test_a_cards_line_is_nothing_to_show() -> None:
    """A line of a card finds it and is no sentence; who says a sentence leads to the sentence."""
    told = "The patrols withdraw."
    cues = (("the pause: end date when does it end", ""), ("the White Palace says The patrols withdraw.", told))
    card = Document(Kind.AGREEMENT, "pause", HARBOUR, ("The pause",), (told,), cues)
    index = Index(Corpus((card, *OTHERS), CORPUS.names))
    assert index.find("when does the pause end").hits[0].matched == ""
    assert index.find("does the White Palace say the patrols withdraw").hits[0].matched == told


def test_a_hit_is_made_without_a_matched_text() -> None:
    """Whoever finds a record by other means has none."""
    assert Hit(Kind.QUESTION, "role", 0.5).matched == ""
