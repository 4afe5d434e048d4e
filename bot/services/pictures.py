"""Pictures: drawings painted in a process of their own, so that no reader waits for another one's picture."""

import asyncio
import logging
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final

from bot.errors import PictureFailed
from bot.rendering.pictures.lettering import scripts
from bot.rendering.pictures.painting import begin, paint

_LOG: Final = logging.getLogger(__name__)
_MOST: Final = 64  # pictures of some sixty kilobytes; the one not asked for the longest goes first
_PATIENCE: Final = 20.0  # seconds: a picture takes a twentieth of one, starting the process half of one


class Pictures:
    """Paints one picture at a time. The process begins with the first one and ends with the house."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._painter: ProcessPoolExecutor | None = None
        self._painted: Final = OrderedDict[str, bytes]()

    async def paint(self, svg: str) -> bytes:
        """Return the drawing as a PNG. Raises PictureFailed where it cannot be painted, also not at the second try."""
        if svg in self._painted:
            self._painted.move_to_end(svg)
            return self._painted[svg]
        try:
            picture = await self._try(svg)
        except (BrokenProcessPool, TimeoutError) as error:
            _LOG.warning("The painting process ended and is started anew: %s", error)
            self._stop()
            try:
                picture = await self._try(svg)
            except (BrokenProcessPool, TimeoutError) as again:
                self._stop()
                raise PictureFailed("The painting process ended twice over one picture.") from again
        self._painted[svg] = picture
        if len(self._painted) > _MOST:
            self._painted.popitem(last=False)
        return picture

    async def close(self) -> None:
        """End the process."""
        await asyncio.to_thread(self._stop)

    async def _try(self, svg: str) -> bytes:
        if self._painter is None:
            # Spawned, not forked: a copy of a process with threads and open connections may hang.
            self._painter = ProcessPoolExecutor(1, get_context("spawn"), begin)
        work = asyncio.get_running_loop().run_in_executor(self._painter, paint, svg, sorted(scripts(svg)))
        async with asyncio.timeout(_PATIENCE):
            try:
                return await work
            except (ValueError, RuntimeError) as error:
                if isinstance(error, BrokenProcessPool):
                    raise
                raise PictureFailed(f"The picture cannot be painted: {error}") from error

    def _stop(self) -> None:
        painter, self._painter = self._painter, None
        if painter:
            painter.shutdown(wait=True, cancel_futures=True)
