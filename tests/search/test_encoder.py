"""The encoder gives the vectors that the model's authors publish, alone or in a batch."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from bot.search.encoder import Encoder
from bot.search.understanding import Understanding, encoded
from bot.search.weights import Weights, installed

SENTENCES = ("That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day")
# What sentence-transformers computes for the first sentence and each other (its model card shows the same example).
ALIKE = (0.69457, 0.94292, 0.25688)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """Return the loaded model; where it is not installed there is nothing to test, and the tests say so."""
    weights = installed()
    if weights is None:
        pytest.skip("the model's weights are not installed")
    assert weights.are_sound()
    return Encoder(weights)


def test_texts_are_as_alike_as_the_models_authors_say(encoder: Encoder) -> None:
    """Vectors have length 1, so that their product is the likeness; all the layers have to be right for that."""
    vectors = encoder.encode(SENTENCES)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0] @ vectors[1:].T, ALIKE, atol=1e-4)


def test_a_text_means_the_same_alone_and_among_others(encoder: Encoder) -> None:
    """Batches of equal length hold no padding that could leak; the order and odd texts change nothing."""
    texts = [*SENTENCES, "", "\ud800 停戦 👍", "word " * 400, SENTENCES[0]]
    heard: list[int] = []
    together = encoder.encode(texts, heard.append)
    assert sum(heard) == len(texts)
    assert np.allclose(together, np.vstack([encoder.encode([text]) for text in texts]), atol=1e-5)


def test_other_weights_are_not_sound(tmp_path: Path) -> None:
    """A file that was changed or cut off is noticed before it is loaded."""
    weights = installed()
    if weights is None:
        pytest.skip("the model's weights are not installed")
    spoilt = tmp_path / "model.safetensors"
    spoilt.write_bytes(b"not what was measured")
    assert not Weights(spoilt, weights.tokenizer).are_sound()


async def test_questions_that_wait_are_encoded_together_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same question costs no encoding again, however many ask it at one instant or later."""
    if installed() is None:
        pytest.skip("the model's weights are not installed")
    batches: list[tuple[str, ...]] = []

    def counted(texts: tuple[str, ...]) -> object:
        batches.append(texts)
        return encoded(texts)

    monkeypatch.setattr("bot.search.understanding.encoded", counted)
    understanding = Understanding()
    await understanding.vector("warm up")
    first = await asyncio.gather(*(understanding.vector(text) for text in ("one", "two", "one")))
    again = await understanding.vector("one")
    assert batches == [("warm up",), ("one", "two")]
    assert first[0] is not None
    assert first[2] is first[0]
    assert again is first[0]
    assert await understanding.vector("") is None
