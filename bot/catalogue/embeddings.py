"""The catalogue's embeddings: kept in the database by text hash, so that only new texts are ever encoded."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from bot.search.understanding import encoded
from bot.search.vectors import SIZE, Vectors
from bot.search.weights import MODEL, installed
from bot.storage import embeddings
from bot.storage.database import Database

_AT_ONCE: Final = 512  # texts that are encoded and then kept together: a few seconds' work that a kill can cost
Progress = Callable[[int, int], None]  # how many are done, of how many


class Embeddings:
    """All that are known, and the texts that still need one."""

    def __init__(self, database: Database) -> None:
        """Know nothing yet; `read` comes first."""
        self._database: Final = database
        self._known: Final[dict[bytes, bytes]] = {}
        self.missing: Final[dict[bytes, str]] = {}

    async def read(self) -> None:
        """Take up what the database keeps of this model."""
        if installed() is not None:
            async with self._database.read() as connection:
                self._known.update(await embeddings.all_of(connection, MODEL))

    def of(self, texts: Sequence[str]) -> Vectors | None:
        """Return the vectors of the texts, a row each; None where one is missing, which is noted."""
        if installed() is None:
            return None
        hashes = {text: _hash(text) for text in texts}
        self.missing.update({hashes[text]: text for text in texts if hashes[text] not in self._known})
        if self.missing:
            return None
        joined = b"".join(self._known[hashes[text]] for text in texts)
        return np.frombuffer(joined, "<f4").reshape(-1, SIZE).astype(np.float32, copy=False)

    async def complete(self, progress: Progress | None = None) -> bool:
        """Encode what is missing and keep it, part by part; commits. Returns whether it could be done."""
        total = len(self.missing)
        while self.missing:
            part = dict(list(self.missing.items())[:_AT_ONCE])
            vectors = await asyncio.to_thread(encoded, tuple(part.values()))
            if vectors is None:
                return False
            fresh = {text_hash: vector.astype("<f4").tobytes() for text_hash, vector in zip(part, vectors, strict=True)}
            async with self._database.write() as connection:
                await embeddings.keep(connection, MODEL, fresh)
            self._known.update(fresh)
            for text_hash in part:
                self.missing.pop(text_hash, None)
            if progress:
                progress(total - len(self.missing), total)
        return True


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
