"""Fixtures: a database with the content that ships, and conversations in its house."""

import os
import shutil
from pathlib import Path

import pytest

from tests.channels.terminal.house import Talk, prepared


@pytest.fixture(scope="session")
def first_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database that is made once and only copied."""
    with pytest.MonkeyPatch.context() as patch:
        _forget_machine(patch)
        return prepared(tmp_path_factory.mktemp("house") / "parley.db")


@pytest.fixture
def database(first_database: Path, tmp_path: Path) -> Path:
    """Return a database of this test's own."""
    return Path(shutil.copy(first_database, tmp_path / "parley.db"))


@pytest.fixture
def talk(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Return conversations in a terminal of 80 columns without colours."""
    _forget_machine(monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "80")
    return Talk(database, monkeypatch)


def _forget_machine(patch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("PARLEY_") or name in {"NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "TERM", "VTE_VERSION"}:
            patch.delenv(name)
