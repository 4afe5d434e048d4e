"""Questions that ask for the same thing come together, with the model's vectors or by their words alone."""

import numpy as np

from bot.search.clusters import alike

ASKED = ("when does the truce end", "who is Marenko", "when will the truce end?", "what about tariffs", "end of truce")


def test_questions_in_the_same_words_come_together() -> None:
    """Without vectors, texts that share most of the words that say something are one cluster, the largest first."""
    assert alike(ASKED) == ((0, 2, 4), (1,), (3,))


def test_vectors_decide_where_there_are_any() -> None:
    """Texts are then put together by what they mean, whatever their words."""
    vectors = np.array([[1, 0], [0, 1], [0.1, 0.995], [0.995, 0.1]], np.float32)
    assert alike(ASKED[:4], vectors) == ((0, 3), (1, 2))


def test_what_says_nothing_is_no_reason_to_put_texts_together() -> None:
    """Texts of marks or of stopwords alone each stay by themselves, and no texts make no clusters."""
    assert alike(("???", "and the", "👍")) == ((0,), (1,), (2,))
    assert alike(()) == ()
