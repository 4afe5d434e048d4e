"""What holds for every text: it never fails, finds its own words first, and minds neither case nor accents."""

from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.base import Kind
from bot.search.corpus import Corpus, Document
from bot.search.finding import Outcome
from bot.search.index import SUGGESTIONS, Index
from bot.search.words import words
from tests.search.sample import CORPUS, HARBOUR
from tests.strategies import PIECES

INDEX = Index(CORPUS)
ASKED = [(text, document) for document in CORPUS.documents for text in document.asked]
OWN_WORDS = sorted(
    {word for document in CORPUS.documents for text in (*document.asked, *document.told) for word in words(text)}
)

hostile = st.one_of(
    st.text(max_size=4000),
    st.lists(st.sampled_from([*PIECES, *OWN_WORDS, "\ud800"]), max_size=400).map(" ".join),
)
some_words = st.lists(st.sampled_from([*OWN_WORDS, "tariffs", "oberon", "lighthouze"]), min_size=1, max_size=12)
plain = st.text(ascii_letters + " ", min_size=1, max_size=40)


@given(hostile, st.sampled_from([None, HARBOUR, "no-such-process"]))
def test_any_text_has_a_finding(text: str, process: str | None) -> None:
    """Whatever is typed, the finding is one of the three outcomes, with scores from 0 to 1, best first."""
    finding = INDEX.find(text, process)
    scores = [hit.score for hit in finding.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len(scores) <= SUGGESTIONS + (finding.outcome is Outcome.ANSWER)
    assert (finding.outcome is Outcome.NONE) is (not scores)
    assert finding == INDEX.find(text, process)


@pytest.mark.parametrize(("text", "document"), ASKED)
def test_the_ways_to_ask_for_a_record_find_it_first(text: str, document: Document) -> None:
    """A question's own words and paraphrases, a title, an alias and a name lead to the record that has them."""
    finding = INDEX.find(text, document.process)
    assert finding.outcome is Outcome.ANSWER
    assert (finding.hits[0].kind, finding.hits[0].slug, finding.hits[0].score) == (document.kind, document.slug, 1)


@given(st.lists(st.lists(plain, min_size=1, max_size=3), min_size=1, max_size=5))
def test_own_words_find_a_record_first_in_any_corpus(asked: list[list[str]]) -> None:
    """Also where the words are few, short or common: a number makes each record's own."""
    documents = tuple(
        Document(Kind.QUESTION, str(number), HARBOUR, tuple(f"{text} {number}" for text in texts))
        for number, texts in enumerate(asked)
    )
    index = Index(Corpus(documents))
    for document in documents:
        for text in document.asked:
            finding = index.find(text)
            assert (finding.outcome, finding.hits[0].slug) == (Outcome.ANSWER, document.slug)


@given(some_words)
def test_case_and_accents_change_nothing(chosen: list[str]) -> None:
    """A question in capitals, or with accents that do not belong there, finds the same."""
    text = " ".join(chosen)
    found = INDEX.find(text)
    assert INDEX.find(text.upper()) == found
    assert INDEX.find(text.title()) == found
    assert INDEX.find(text.replace("a", "a\u0301").replace("e", "\u00eb")) == found
