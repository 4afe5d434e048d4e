"""Painting: an SVG becomes a PNG. It holds Python's lock while it paints, so it belongs into a process of its own."""

import signal
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from bot.rendering.pictures.lettering import BASE

_SCALE = 1  # a picture's own size is a phone's width in Telegram


def begin() -> None:
    """Make a new process ready: an interrupt from the keyboard is for its parent to act upon."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _fonts()


def paint(svg: str, scripts: Sequence[str]) -> bytes:
    """Return the picture as a PNG; `scripts` are those in it that need a font besides the base."""
    import resvg_py  # noqa: PLC0415 - only the process that paints needs it

    fonts = _fonts()
    files = [fonts[name] for name in ("", *scripts) if name in fonts]
    return resvg_py.svg_to_bytes(
        svg_string=svg, font_files=files, skip_system_fonts=True, font_family=BASE, zoom=_SCALE
    )


@cache
def _fonts() -> dict[str, str]:
    """Return the font files by script, the base's under ""."""
    spec = find_spec("manimgx_fonts")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    prefix, suffix = "NotoSans", "[wght].ttf"
    return {
        path.name.removeprefix(prefix).removesuffix(suffix): str(path) for path in folder.glob(f"{prefix}*[[]wght].ttf")
    }
