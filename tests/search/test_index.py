"""The index: what is answered, what is offered, and what is refused."""

import pytest

from bot.domain.base import Kind
from bot.search.corpus import Corpus, Document
from bot.search.finding import Finding, Outcome
from bot.search.index import SUGGESTIONS, Index
from bot.search.judging import ANSWER_BY_WORDS, SUGGESTION
from tests.search.sample import AGREED, BORDER, CORPUS, HARBOUR, NEXT

INDEX = Index(CORPUS)


def find(text: str, process: str | None = HARBOUR) -> Finding:
    """Return what the text finds in a chat that follows the harbour talks."""
    return INDEX.find(text, process)


def answer(text: str, process: str | None = HARBOUR) -> str | None:
    """Return the slug of the answer, None where there is none."""
    finding = find(text, process)
    return finding.hits[0].slug if finding.outcome is Outcome.ANSWER else None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("so what did they agree on?", "what-was-agreed"),
        ("did the White Palace agree", "what-was-agreed"),
        ("where will the negotiators meet next", "what-happens-next"),
        ("lighthouse", "marenkos-demands"),
        ("does it refuse a complete truce", "marenkos-demands"),
        ("when does the harbour truce end", "harbour-pause"),
        ("do the patrols withdraw from Port Alba", "what-was-agreed"),
        ("summary", HARBOUR),
    ],
)
def test_a_question_in_other_words_leads_to_the_record(text: str, slug: str) -> None:
    """Paraphrases, sentences of the answer, single words and other names of a party: by words alone it comes first."""
    assert find(text).hits[0].slug == slug


def test_a_word_that_only_an_answers_sentence_has_is_offered() -> None:
    """One word of a sentence is enough to suggest the record, not to be sure of it."""
    assert [hit.slug for hit in find("shepherds").hits] == ["border-agreed"]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("wat was agred", "what-was-agreed"),
        ("waht hapens next in the talks", "what-happens-next"),
        ("what does Marencko demand", "marenkos-demands"),
        ("ligthouse", "marenkos-demands"),
        ("who is Halvorson", "southland"),
    ],
)
def test_slips_are_forgiven(typed: str, slug: str) -> None:
    """Words and names typed wrong still find the record first."""
    assert find(typed).hits[0].slug == slug


@pytest.mark.parametrize("text", ["Marenko", "who is Marenko?", "what about the White Palace", "who is Ivo Marenko"])
def test_a_bare_name_finds_the_partys_card(text: str) -> None:
    """Who asks for nothing but a party gets its card first."""
    assert find(text).hits[0].slug == "northland"


def test_a_name_with_more_finds_the_question_and_not_the_card() -> None:
    """Who asks what a party did is not told who it is."""
    assert answer("what did Marenko agree") == "what-was-agreed"


@pytest.mark.parametrize(
    "text",
    [
        "what does Oberon say of Marenko",
        "how old is Marenko",
        "are tariffs agreed",
        "did Marenko and Halvorsen play chess",
        "how deep is Port Alba",
        "who won the football cup",
        "tell me a joke",
    ],
)
def test_what_no_record_knows_is_never_answered(text: str) -> None:
    """A question about things that nothing mentions is not answered by the nearest look-alike."""
    assert answer(text) is None


def test_a_question_that_shares_nothing_finds_nothing() -> None:
    """Where no record shares more than a common word, none is offered."""
    finding = find("who won the football cup")
    assert (finding.outcome, finding.hits) == (Outcome.NONE, ())


def test_the_chats_process_is_preferred_and_the_others_are_reached() -> None:
    """The same words lead to the brief of the chat's own process; another's question is found all the same."""
    assert answer("latest news", HARBOUR) == HARBOUR
    assert answer("latest news", BORDER) == BORDER
    assert answer("where does the fence run", HARBOUR) == "border-agreed"


def test_an_answer_comes_with_other_records_that_may_be_meant() -> None:
    """The answer is the first hit, at most three others follow, best first, each worth offering."""
    finding = find("what did Marenko agree about the harbour")
    scores = [hit.score for hit in finding.hits]
    assert finding.outcome is Outcome.ANSWER
    assert len(finding.hits) <= 1 + SUGGESTIONS
    assert scores == sorted(scores, reverse=True)
    assert all(SUGGESTION <= score <= 1 for score in scores)
    assert scores[0] >= ANSWER_BY_WORDS


def test_two_records_that_fit_as_well_are_both_offered() -> None:
    """A tie is not broken by chance: both are suggested, always in the same order."""
    twins = [Document(Kind.QUESTION, slug, HARBOUR, (f"when is the {slug} feast",)) for slug in ("summer", "winter")]
    others = [Document(Kind.QUESTION, slug, HARBOUR, (f"who owns the {slug}",)) for slug in ("mill", "inn", "farm")]
    for order in (twins, twins[::-1]):
        finding = Index(Corpus((*order, *others))).find("when the feast is")
        assert finding.outcome is Outcome.SUGGESTIONS
        assert [hit.slug for hit in finding.hits] == ["summer", "winter"]


def test_the_order_of_the_documents_changes_nothing() -> None:
    """What is found depends on what is published, not on the order it was read in."""
    turned = Index(Corpus(CORPUS.documents[::-1], CORPUS.names))
    for text in ("summary", "harbour", "what did Marenko say", "the talks", AGREED.asked[0], NEXT.told[0]):
        one, other = turned.find(text), INDEX.find(text)
        assert (one.outcome, one.hits) == (other.outcome, other.hits)


@pytest.mark.parametrize("corpus", [Corpus(()), Corpus((Document(Kind.QUESTION, "empty", HARBOUR, ("?!", "")),))])
def test_an_empty_corpus_finds_nothing(corpus: Corpus) -> None:
    """A search before anything is published, or over marks alone, is no error."""
    for text in ("", "?!", "what was agreed"):
        assert Index(corpus).find(text).outcome is Outcome.NONE


def test_thanks_ask_for_nothing_unless_a_record_is_there_for_them() -> None:
    """Small talk is chatter, but for whoever has curated an answer to it; signs without a word always are."""
    thanks = Document(Kind.QUESTION, "thanks", HARBOUR, ("thank you", "many thanks"))
    polite = Index(Corpus((*CORPUS.documents, thanks)))
    assert find("thank you").chatter
    assert polite.find("thank you").hits[0].slug == "thanks"
    assert polite.meant("thanks") == "thanks"
    assert polite.find("\N{THUMBS UP SIGN}").chatter
