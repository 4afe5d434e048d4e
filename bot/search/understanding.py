"""Understanding: the encoder off the event loop. Whatever waits at one instant is encoded together, and once."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from bot.search.vectors import Vectors
from bot.search.weights import installed

if TYPE_CHECKING:
    from bot.search.encoder import Encoder

_LOG: Final = logging.getLogger(__name__)
_KEPT: Final = 4096  # questions whose vectors stay at hand: 6 MB
_LOADING: Final = Lock()


class Understanding:
    """Texts -> vectors. All of a process share one model, loaded when it is first needed."""

    def __init__(self) -> None:
        """Load nothing yet."""
        self._kept: Final[OrderedDict[str, Vectors]] = OrderedDict()
        self._waiting: Final[dict[str, asyncio.Future[Vectors | None]]] = {}
        self._at_work: asyncio.Task[None] | None = None

    async def vector(self, text: str) -> Vectors | None:
        """Return the vector of a question, None where it is empty or there is no model that can be used."""
        if text in self._kept:
            self._kept.move_to_end(text)
            return self._kept[text]
        if not text or installed() is None:
            return None
        future = self._waiting.setdefault(text, asyncio.get_running_loop().create_future())
        if self._at_work is None:
            self._at_work = asyncio.create_task(self._work())
        return await asyncio.shield(future)

    async def _work(self) -> None:
        """Encode until nothing waits; what comes in meanwhile is the next batch."""
        try:
            while self._waiting:
                batch = dict(self._waiting)
                self._waiting.clear()
                vectors = await asyncio.to_thread(encoded, tuple(batch))
                for place, (text, future) in enumerate(batch.items()):
                    vector = None if vectors is None else vectors[place]
                    if vector is not None:
                        self._keep(text, vector)
                    if not future.done():
                        future.set_result(vector)
        finally:
            self._at_work = None

    def _keep(self, text: str, vector: Vectors) -> None:
        self._kept[text] = vector
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)


def encoded(texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors | None:
    """Return a vector for each text, None where there is no model that can be used. It takes long: not on the loop.

    `progress` hears how many more are done; what it raises ends the work and comes through.
    """
    encoder = _encoder()
    return None if encoder is None else encoder.encode(texts, progress)


def _encoder() -> "Encoder | None":
    with _LOADING:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> "Encoder | None":
    weights = installed()
    if weights is None:
        return None
    if not weights.are_sound():
        _LOG.error(
            "The weights in %s are not those that Parley was measured with: install its locked dependencies again. "
            "Questions are searched by words alone.",
            weights.tensors.parent,
        )
        return None
    # Imported here: whoever asks nothing need not wait for it.
    from bot.search.encoder import Encoder  # noqa: PLC0415

    return Encoder(weights)
