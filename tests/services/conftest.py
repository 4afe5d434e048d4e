"""A database of the test's own, and content to import."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.importing import sample
from tests.storage.opening import opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the test's database stands."""
    return tmp_path / "test.db"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    """Open an empty database at today's tables."""
    async with opened(file) as database:
        yield database


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a folder of complete and valid content."""
    return sample.write(tmp_path / "content")
