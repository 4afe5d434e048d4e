"""Embeddings of question sets, kept in a folder: a set takes a minute to encode and is fitted on many times."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bot.search.understanding import encoded
from bot.search.vectors import Vectors
from bot.search.weights import MODEL


class Kept:
    """Texts -> embeddings, each list of texts encoded once and kept in a file."""

    def __init__(self, folder: Path) -> None:
        """Keep them in the folder, which is made where there is none."""
        self._folder: Final = folder / MODEL
        self._folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Return the embeddings, a row a text; ends the program where there is no model."""
        several = sorted(set(texts))
        name = hashlib.sha256("\n".join(several).encode("utf-8", "replace")).hexdigest()
        path = self._folder / f"{name}.npy"
        if not path.is_file():
            vectors = encoded(several)
            if vectors is None:
                raise SystemExit("The model's weights are not installed.")
            np.save(path, vectors)
        rows: Vectors = np.load(path)
        places = {text: place for place, text in enumerate(several)}
        return rows[[places[text] for text in texts]]
