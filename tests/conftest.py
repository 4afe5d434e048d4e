"""Fixtures that many tests share: a clock that stands still, and the house opened on a database of its own."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest

from bot.app import App, opened
from bot.rendering.engine import Templates
from bot.settings import Settings
from bot.shipped import shipped

# Machines are noisy: a property is about what holds, not about how fast.
hypothesis.settings.register_profile("parley", deadline=None)
hypothesis.settings.load_profile("parley")

ROOT = Path(__file__).parent.parent
NOW = datetime(2025, 3, 20, 12, 0, tzinfo=UTC)  # two days after the article that ships


@dataclass
class Clock:
    """A clock that only moves when it is told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def advance(self, **amount: float) -> None:
        """Move on, by timedelta's words."""
        self.now += timedelta(**amount)


MakeSettings = Callable[..., Settings]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep a developer's own .env and environment out of the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PARLEY_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at NOW."""
    return Clock()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database file with the content that ships, recorded at NOW; each test copies it.

    Made once for all processes that the tests run in: encoding what ships takes seconds.
    """
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    path = folder / "filled.db"

    async def fill(path: Path) -> None:
        async with opened(Settings(database_url=f"sqlite+aiosqlite:///{path}"), Clock()) as app:
            await app.parts.catalogue.understand()  # so that no test has to encode what ships

    with (folder / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.is_file():
            asyncio.run(fill(folder / "filling.db"))
            (folder / "filling.db").rename(path)
    return path


@pytest.fixture
def settings(tmp_path: Path, filled: Path) -> Settings:
    """Return settings with a database of the test's own that holds what ships; what is confirmed goes out at once."""
    path = tmp_path / "parley.db"
    shutil.copy(filled, path)
    return Settings(database_url=f"sqlite+aiosqlite:///{path}", publish_hold=0)


@pytest.fixture
def house(tmp_path: Path, filled: Path) -> Path:
    """Return a folder with a database that holds what ships, under the name that Parley looks for."""
    shutil.copy(filled, tmp_path / "parley.db")
    return tmp_path


@pytest.fixture(scope="session")
def templates() -> Templates:
    """Return the templates that ship, loaded and compiled once for all tests of a process."""
    return Templates(shipped("templates"), ships=True)


@pytest.fixture
async def app(settings: Settings, clock: Clock, templates: Templates) -> AsyncIterator[App]:
    """Open the house with the content that ships; close it after the test."""
    async with opened(settings, clock, templates) as opened_app:
        yield opened_app
