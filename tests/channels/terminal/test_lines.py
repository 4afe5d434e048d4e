"""Lines from a pipe."""

import os
import threading
from collections.abc import Iterable

import pytest

from bot.channels.terminal.lines import split_lines


def read(*chunks: bytes) -> list[str]:
    """Return the lines of a pipe that is fed these chunks."""
    reading, writing = os.pipe()

    def feed(parts: Iterable[bytes]) -> None:
        for part in parts:
            os.write(writing, part)
        os.close(writing)

    threading.Thread(target=feed, args=(chunks,), daemon=True).start()
    try:
        return list(split_lines(reading))
    finally:
        os.close(reading)


@pytest.mark.parametrize(
    ("chunks", "lines"),
    [
        ((b"a\nb\n",), ["a", "b"]),
        ((b"a\r\nb",), ["a", "b"]),
        ((b"gr\xc3", b"\xbc\xc3\x9fe\n"), ["grüße"]),
        ((b"\xef\xbb\xbf/help\n\xef\xbb\xbfx\n",), ["/help", "\ufeffx"]),
        ((b"\xff\n",), ["\ufffd"]),
        ((b"\n\n",), ["", ""]),
        ((), []),
    ],
)
def test_lines_are_told_apart(chunks: tuple[bytes, ...], lines: list[str]) -> None:
    """Whatever the chunks, line ends and bytes."""
    assert read(*chunks) == lines


def test_a_line_without_an_end_does_not_fill_the_memory() -> None:
    """Of a line of a million bytes only the beginning is kept, and the next line is whole."""
    first, second = read(b"x" * 1_000_000 + b"\nnext\n")
    assert 10_000 < len(first) <= 65_536
    assert second == "next"
