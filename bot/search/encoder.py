"""The encoder: all-MiniLM-L6-v2 in NumPy, texts -> vectors of length 1 whose product says how alike they are.

Six transformer layers (BERT, https://arxiv.org/abs/1810.04805), the mean over a text's tokens, made length 1: what
sentence-transformers computes with PyTorch, to 1e-6.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import Tokenizer

from bot.search.vectors import SIZE, Vectors
from bot.search.weights import Weights

_HEADS: Final = 12
_LAYERS: Final = 6
_MOST_TOKENS: Final = 256  # the model was trained on no longer ones
_BATCH: Final = 256  # tokens that go through at once: enough to be quick, little enough to stay in the caches
# Numbers in a block of a matrix. The tokens of one question times such a block are few enough for BLAS to multiply them
# as they stand; of a whole matrix it makes a rearranged copy first, each time, and that takes twice as long again.
_BLOCK: Final = 49_152
_WIDEST: Final = 64
_EPSILON: Final = np.float32(1e-12)
_EACH: Final = np.float32(1 / SIZE)
# erf to 1.5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26. NumPy has none.
_ERF: Final = tuple(map(np.float32, (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)))
_ERF_P: Final = np.float32(0.3275911)


@dataclass(frozen=True, slots=True)
class _Linear:
    """A matrix in blocks of columns, and what is added to its product."""

    blocks: Vectors
    added: Vectors

    @classmethod
    def of(cls, matrix: Vectors, added: Vectors) -> "_Linear":
        """Take a matrix as the file holds it: a row for each number that comes out."""
        inside = matrix.shape[1]
        rows = matrix.reshape(-1, min(_WIDEST, _BLOCK // inside), inside)
        return cls(np.ascontiguousarray(rows.swapaxes(1, 2)), added)

    def __call__(self, state: Vectors) -> Vectors:
        """Return the product with each row of the state, and what is added."""
        many, _, wide = self.blocks.shape
        result = np.empty((len(state), many * wide), np.float32)
        np.matmul(state, self.blocks, out=result.reshape(-1, many, wide).swapaxes(0, 1))
        result += self.added
        return result


@dataclass(frozen=True, slots=True)
class _Norm:
    """Scales and moves, as learnt, what has mean 0 and deviation 1."""

    scale: Vectors
    added: Vectors

    def __call__(self, state: Vectors) -> Vectors:
        """Return each row of the state with mean 0 and deviation 1, then scaled and moved."""
        state = cast("Vectors", state - np.add.reduce(state, 1, keepdims=True) * _EACH)
        state /= np.sqrt(np.add.reduce(state * state, 1, keepdims=True) * _EACH + _EPSILON)
        state *= self.scale
        state += self.added
        return state


@dataclass(frozen=True, slots=True)
class _Layer:
    """One of the six."""

    mixing: _Linear  # query, key and value in one product
    mixed: _Linear
    first_norm: _Norm
    widened: _Linear
    narrowed: _Linear
    second_norm: _Norm

    def __call__(self, state: Vectors, length: int) -> Vectors:
        """Return the state of the tokens of texts so long after this layer."""
        mixed = self.mixed(self._attention(state, length))
        mixed += state
        state = self.first_norm(mixed)
        inner = self.narrowed(_gelu(self.widened(state)))
        inner += state
        return self.second_norm(inner)

    def _attention(self, state: Vectors, length: int) -> Vectors:
        """Return, for each token, the mean of all tokens' values, weighted by how much it looks at each."""
        split = self.mixing(state).reshape(-1, length, 3, _HEADS, SIZE // _HEADS).transpose(2, 0, 3, 1, 4)
        looks = split[0] @ split[1].swapaxes(-1, -2)
        looks -= looks.max(-1, keepdims=True)
        np.exp(looks, out=looks)
        looks /= np.add.reduce(looks, -1, keepdims=True)
        return cast("Vectors", (looks @ split[2]).transpose(0, 2, 1, 3).reshape(-1, SIZE))


class Encoder:
    """The loaded model: 90 MB. It may be used by one thread at a time."""

    def __init__(self, weights: Weights) -> None:
        """Load the files, which the caller has checked."""
        with safe_open(weights.tensors, "numpy") as tensors:
            self._words: Final = _read(tensors, "embeddings.word_embeddings.weight")
            first = _read(tensors, "embeddings.token_type_embeddings.weight")[0]
            self._positions: Final = _read(tensors, "embeddings.position_embeddings.weight") + first
            self._norm: Final = _norm(tensors, "embeddings.LayerNorm")
            self._layers: Final = [_layer(tensors, f"encoder.layer.{number}") for number in range(_LAYERS)]
        self._tokenizer: Final = Tokenizer.from_file(str(weights.tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_TOKENS)

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Return a vector for each text, in their order; `progress` hears, batch for batch, how many more are done."""
        # Surrogates, which people can type on no keyboard but can send, are no text to the tokenizer.
        sound = [text.encode("utf-8", "replace").decode() for text in texts]
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(sound)]
        vectors = np.empty((len(tokens), SIZE), np.float32)
        # Equally long texts go together: no place is padded, none has to be masked.
        by_length: dict[int, list[int]] = {}
        for place, ids in enumerate(tokens):
            by_length.setdefault(len(ids), []).append(place)
        for length, places in sorted(by_length.items()):
            at_once = max(1, _BATCH // length)
            for start in range(0, len(places), at_once):
                batch = places[start : start + at_once]
                vectors[batch] = self._forward(np.array([tokens[place] for place in batch]))
                if progress:
                    progress(len(batch))
        return vectors

    def _forward(self, ids: NDArray[np.int64]) -> Vectors:
        many, length = ids.shape
        state = self._norm((self._words[ids] + self._positions[:length]).reshape(-1, SIZE))
        for layer in self._layers:
            state = layer(state, length)
        mean = state.reshape(many, length, SIZE).mean(1)
        return cast("Vectors", mean / np.linalg.norm(mean, axis=1, keepdims=True))


def _read(tensors: safe_open, name: str) -> Vectors:
    return cast("Vectors", tensors.get_tensor(name))  # type: ignore[no-untyped-call]  # it carries no types


def _layer(tensors: safe_open, name: str) -> _Layer:
    return _Layer(
        _mixing(tensors, f"{name}.attention.self"),
        _linear(tensors, f"{name}.attention.output.dense"),
        _norm(tensors, f"{name}.attention.output.LayerNorm"),
        _linear(tensors, f"{name}.intermediate.dense"),
        _linear(tensors, f"{name}.output.dense"),
        _norm(tensors, f"{name}.output.LayerNorm"),
    )


def _linear(tensors: safe_open, name: str) -> _Linear:
    return _Linear.of(_read(tensors, f"{name}.weight"), _read(tensors, f"{name}.bias"))


def _norm(tensors: safe_open, name: str) -> _Norm:
    return _Norm(_read(tensors, f"{name}.weight"), _read(tensors, f"{name}.bias"))


def _mixing(tensors: safe_open, name: str) -> _Linear:
    """Return query, key and value joined, a third of the calls; what a query looks at is scaled here, once."""
    weights, added = (
        [_read(tensors, f"{name}.{of}.{part}") for of in ("query", "key", "value")] for part in ("weight", "bias")
    )
    scale = np.float32((SIZE // _HEADS) ** -0.5)
    weights[0] *= scale
    added[0] *= scale
    return _Linear.of(np.concatenate(weights), np.concatenate(added))


def _gelu(values: Vectors) -> Vectors:
    """Return x/2 (1 + erf(x / sqrt 2)) of each, in place where it can."""
    scaled = np.abs(values)
    scaled *= np.float32(0.5**0.5)
    step = 1 / (1 + _ERF_P * scaled)
    rest = _ERF[0] * step
    for factor in _ERF[1:]:
        rest += factor
        rest *= step
    scaled *= scaled
    np.negative(scaled, out=scaled)
    rest *= np.exp(scaled, out=scaled)  # 1 - erf(|x| / sqrt 2)
    # x/2 (1 + erf) is max(x, 0) - |x|/2 (1 - erf) on both sides of 0.
    rest *= np.abs(values)
    rest *= np.float32(0.5)
    return cast("Vectors", np.maximum(values, 0) - rest)
