"""The house under measure: a folder of its own, an environment without anybody's settings, and a filled database."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.app import opened
from bot.settings import Settings

ROOT: Final = Path(__file__).resolve().parent.parent
TOKEN: Final = "123456789:BENCH-TOKEN"  # made up; the server of the bench asks for none


class BenchFailed(Exception):
    """What was to be measured does not work, so there is nothing to measure."""


@contextmanager
def workshop() -> Iterator[Path]:
    """Give a temporary folder as the current one, without a `.env`; erase it at the end."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as name:
        folder = Path(name).resolve()
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)


def environment(**more: str) -> dict[str, str]:
    """Return the environment of the processes under measure: nobody's settings, and no proxy on the way to loopback."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PARLEY_") and not name.lower().endswith("_proxy")
    }
    # The processes run in folders of their own and find the bench all the same.
    return kept | {"PYTHONPATH": str(ROOT)} | more


def database_url(file: Path) -> str:
    """Return the address of the SQLite database in that file."""
    return f"sqlite+aiosqlite:///{file}"


def settings(file: Path) -> Settings:
    """Return settings with that database and what ships for all else."""
    return Settings(database_url=database_url(file))


async def fill(file: Path) -> None:
    """Make a database with the content that ships and what search has read of it, as a second start finds it."""
    async with opened(settings(file), now) as app:
        await app.parts.catalogue.understand()


def now() -> datetime:
    """Return the time, as the bot reads it."""
    return datetime.now(UTC)
