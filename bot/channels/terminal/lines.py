"""Where lines come from when nobody sits at a prompt: a pipe or a file."""

import asyncio
import os
import threading
from collections.abc import Iterator
from typing import Final, Protocol

_CHUNK: Final = 65_536
_LONGEST: Final = 65_536  # bytes of a line that are kept; a line without an end must not fill the memory
_BOM: Final = b"\xef\xbb\xbf"


class Lines(Protocol):
    """What a session reads."""

    async def read(self, *, replying: bool) -> str | None:
        """Return the next line, None where there are no more. `replying`: it may be a reply that was asked for."""


class PipedLines:
    """The lines of a file descriptor.

    They are read in a thread of their own, since not every descriptor can be waited for. The thread is a daemon and
    reads past Python's buffers, so that one which still waits for input holds up neither Ctrl-C nor the end.
    """

    def __init__(self, descriptor: int) -> None:
        """Read from `descriptor`, beginning with the first `read`."""
        self._descriptor: Final = descriptor
        self._loop = asyncio.get_running_loop()
        self._queue: Final = asyncio.Queue[str | None]()
        self._wanted: Final = threading.Semaphore(0)
        threading.Thread(target=self._run, name="terminal-lines", daemon=True).start()

    async def read(self, *, replying: bool) -> str | None:
        """Return the next line that is not blank; a blank one only where it calls off a reply."""
        while True:
            self._wanted.release()
            line = await self._queue.get()
            if line is None or line.strip() or replying:
                return line

    def _run(self) -> None:
        lines = split_lines(self._descriptor)
        while self._wanted.acquire():
            line = next(lines, None)
            try:
                self._loop.call_soon_threadsafe(self._queue.put_nowait, line)
            except RuntimeError:  # the loop has closed meanwhile: nobody waits for the line any more
                return
            if line is None:
                return


def split_lines(descriptor: int) -> Iterator[str]:
    """Yield the lines of `descriptor`, without their ends; bytes that are no UTF-8 become replacement characters."""
    kept = b""
    first = True
    while chunk := _more(descriptor):
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            yield _decoded(kept + part, first=first)
            kept, first = b"", False
        kept = (kept + rest)[:_LONGEST]
    if kept:
        yield _decoded(kept, first=first)


def _more(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _CHUNK)
    except OSError:  # the terminal or the other end has gone
        return b""


def _decoded(line: bytes, *, first: bool) -> str:
    line = line.removeprefix(_BOM) if first else line
    return line[:_LONGEST].removesuffix(b"\r").decode("utf-8", "replace")
