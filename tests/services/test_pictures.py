"""Painting in another process: it is kept, and begun anew where it ends."""

import os
import signal

import pytest

from bot.errors import PictureFailed
from bot.services.pictures import Pictures

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="{}"><rect width="9" height="9" fill="red"/></svg>'


async def test_a_picture_is_painted_once_also_after_the_painter_was_killed() -> None:
    """The same drawing costs nothing more; a killed process is replaced; what is no drawing is refused by name."""
    pictures = Pictures()
    try:
        first = await pictures.paint(SVG.format(20))
        assert first.startswith(b"\x89PNG")
        assert await pictures.paint(SVG.format(20)) is first
        painter = pictures._painter
        assert painter
        (number,) = painter._processes
        os.kill(number, signal.SIGKILL)
        assert (await pictures.paint(SVG.format(21))).startswith(b"\x89PNG")
        with pytest.raises(PictureFailed, match="cannot be painted"):
            await pictures.paint("<svg")
    finally:
        await pictures.close()
    assert pictures._painter is None
