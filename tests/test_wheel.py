"""An installed wheel works from any folder."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.slow
def test_an_installed_wheel_answers_from_an_empty_folder(tmp_path: Path) -> None:
    """Built, installed into a clean environment with the locked dependencies, it answers with what ships inside it."""
    dist, environment, folder = tmp_path / "dist", tmp_path / "venv", tmp_path / "empty"
    folder.mkdir()
    _run(ROOT, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist))
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
    _run(folder, *pip, "--require-hashes", "-r", str(ROOT / "requirements.lock"))
    _run(folder, *pip, str(next(dist.glob("*.whl"))))
    answer = _run(
        folder, str(environment / "bin" / "parley"), "ask", "What did Trump and Putin agree on the telephone?"
    )
    assert "30 days" in answer
    assert "blue News" in answer
    assert (folder / "parley.db").exists()


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
