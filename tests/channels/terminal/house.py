"""A house to talk in: the real parts on a database of its own, and a clock that stands still."""

import asyncio
import io
import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from bot.app import opened
from bot.channels.terminal import chat
from bot.settings import Settings

NOON: Final = datetime(2025, 3, 20, 12, tzinfo=UTC)


def settings_for(database: Path) -> Settings:
    """Return settings with that database and nothing else of the machine's."""
    return Settings(_env_file=None, database_url=f"sqlite+aiosqlite:///{database}")


def clock() -> datetime:
    """Return the time, always the same."""
    return NOON


def prepared(database: Path) -> Path:
    """Return the database with the content that ships in it."""

    async def import_all() -> None:
        async with opened(settings_for(database), clock):
            pass

    asyncio.run(import_all())
    return database


class Talk:
    """Whole conversations with the terminal channel, as it runs under `parley chat`."""

    def __init__(self, database: Path, patch: pytest.MonkeyPatch) -> None:
        """Talk in the house that has this database."""
        self.database: Final = database
        self._patch: Final = patch

    def piped(self, *lines: str | bytes, end: bytes = b"\n") -> list[str]:
        """Return the answers to lines on standard input."""
        raw = b"".join((line if isinstance(line, bytes) else line.encode()) + end for line in lines)
        read, write = os.pipe()
        threading.Thread(target=_fill, args=(write, raw), daemon=True).start()
        with os.fdopen(read) as stdin:
            self._patch.setattr(sys, "stdin", stdin)
            written = self._run(interactive=False)
        return [answer.strip("\n") for answer in written.split("\n---\n")]

    def typed(self, keys: str) -> str:
        """Return what the screen was sent while a person typed these keys and then Ctrl-D."""
        from prompt_toolkit.application import create_app_session  # noqa: PLC0415 - most tests need no prompt
        from prompt_toolkit.input import create_pipe_input  # noqa: PLC0415
        from prompt_toolkit.output import DummyOutput  # noqa: PLC0415

        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(f"{keys}\x04")
            return self._run(interactive=True)

    def _run(self, *, interactive: bool) -> str:
        written = io.BytesIO()
        stdout = io.TextIOWrapper(written, "utf-8")
        self._patch.setattr(sys, "stdout", stdout)

        async def talking() -> None:
            async with opened(settings_for(self.database), clock) as app:
                await asyncio.wait_for(chat(app.router, app.parts, now=clock, interactive=interactive), 20)

        asyncio.run(talking())
        stdout.flush()
        return written.getvalue().decode()


def _fill(descriptor: int, raw: bytes) -> None:
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(raw)
