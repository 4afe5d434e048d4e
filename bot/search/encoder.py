"""The encoder: all-MiniLM-L6-v2 in NumPy, texts -> vectors of length 1 whose product says how alike they are.

Six transformer layers (BERT, https://arxiv.org/abs/1810.04805), the mean over a text's tokens, made length 1: what
sentence-transformers computes with PyTorch, to 1e-6.
"""

from collections.abc import Callable, Sequence
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
_BATCH: Final = 2048  # tokens that go through at once: enough to be quick, little enough to stay in the caches
_EPSILON: Final = np.float32(1e-12)
# erf to 1.5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26. NumPy has none.
_ERF: Final = tuple(map(np.float32, (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)))
_ERF_P: Final = np.float32(0.3275911)


class Encoder:
    """The loaded model: about 90 MB. It may be used by one thread at a time."""

    def __init__(self, weights: Weights) -> None:
        """Load the files, which the caller has checked."""
        with safe_open(weights.tensors, "numpy") as file:
            self._tensors: Final = {name: _read(file, name) for name in file.keys() if "pooler" not in name}  # noqa: SIM118 - no mapping
        first = self._tensors["embeddings.token_type_embeddings.weight"][0]
        self._positions: Final = self._tensors["embeddings.position_embeddings.weight"] + first
        # Query, key and value of a layer in one product: a third of the calls.
        self._mixing: Final = [self._query_key_value(layer) for layer in range(_LAYERS)]
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

    def _query_key_value(self, layer: int) -> tuple[Vectors, Vectors]:
        parts = [f"encoder.layer.{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self._tensors.pop(f"{part}.weight") for part in parts], 1)
        return weight, np.concatenate([self._tensors.pop(f"{part}.bias") for part in parts])

    def _forward(self, ids: NDArray[np.int64]) -> Vectors:
        many, length = ids.shape
        at_start = self._tensors["embeddings.word_embeddings.weight"][ids] + self._positions[:length]
        state = self._normed(at_start.reshape(-1, SIZE), "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            name = f"encoder.layer.{layer}"
            mixed = self._attention(state, self._mixing[layer], many)
            state += self._linear(mixed, f"{name}.attention.output.dense")
            state = self._normed(state, f"{name}.attention.output.LayerNorm")
            inner = _gelu(self._linear(state, f"{name}.intermediate.dense"))
            state += self._linear(inner, f"{name}.output.dense")
            state = self._normed(state, f"{name}.output.LayerNorm")
        mean = state.reshape(many, length, SIZE).mean(1)
        return cast("Vectors", mean / np.linalg.norm(mean, axis=1, keepdims=True))

    def _attention(self, state: Vectors, mixing: tuple[Vectors, Vectors], many: int) -> Vectors:
        """Return, for each token, the mean of all tokens' values, weighted by how much it looks at each."""
        length = len(state) // many
        joined = state @ mixing[0]
        joined += mixing[1]
        split = joined.reshape(many, length, 3, _HEADS, SIZE // _HEADS).transpose(2, 0, 3, 1, 4)
        looks = split[0] @ split[1].swapaxes(-1, -2)
        looks *= np.float32((SIZE // _HEADS) ** -0.5)
        looks -= looks.max(-1, keepdims=True)
        np.exp(looks, out=looks)
        looks /= looks.sum(-1, keepdims=True)
        return cast("Vectors", (looks @ split[2]).transpose(0, 2, 1, 3).reshape(-1, SIZE))

    def _linear(self, state: Vectors, name: str) -> Vectors:
        result = state @ self._tensors[f"{name}.weight"]
        result += self._tensors[f"{name}.bias"]
        return result

    def _normed(self, state: Vectors, name: str) -> Vectors:
        """Return each row with mean 0 and deviation 1, then scaled and moved as learnt."""
        state = state - state.mean(1, keepdims=True)
        state /= np.sqrt(np.mean(state * state, 1, keepdims=True) + _EPSILON)
        state *= self._tensors[f"{name}.weight"]
        state += self._tensors[f"{name}.bias"]
        return state


def _read(file: safe_open, name: str) -> Vectors:
    """Return a tensor; the layers' matrices turned, since a few rows times them is nearly twice as quick that way."""
    tensor = cast("Vectors", file.get_tensor(name))  # type: ignore[no-untyped-call]  # it carries no types
    turned = tensor.ndim > 1 and "embeddings" not in name
    return np.ascontiguousarray(tensor.T) if turned else tensor


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
