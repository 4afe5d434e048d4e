"""`parley chat` itself, as a process."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

COMMAND = [sys.executable, "-m", "bot", "chat"]


@pytest.fixture
def environment(house: Path) -> dict[str, str]:
    """Return an environment with this database and nothing else that is set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PARLEY_", "PYTHONIO"))}
    return {**kept, "PARLEY_DATABASE_URL": f"sqlite+aiosqlite:///{house / 'parley.db'}"}


def run(environment: dict[str, str], source: IO[bytes] | bytes) -> tuple[int, str, str]:
    """Return the exit code and what was written of a conversation that reads a file, or bytes from a pipe."""
    with subprocess.Popen(
        COMMAND,
        env=environment,
        stdin=subprocess.PIPE if isinstance(source, bytes) else source,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        written, complaints = process.communicate(source if isinstance(source, bytes) else None, 60)
    return process.returncode, written.decode(), complaints.decode()


def test_a_pipe_is_answered(environment: dict[str, str]) -> None:
    """Exit code 0 at the end of the input, the answers on standard output, nothing on standard error."""
    code, written, complaints = run(environment, b"/privacy\n/brief\n")
    assert code == 0
    assert written.startswith("What is kept of you")
    assert "in brief" in written
    assert complaints == ""


def test_a_file_and_nothing_are_inputs_too(environment: dict[str, str], tmp_path: Path) -> None:
    """Files and /dev/null cannot be waited for like pipes, and must work all the same."""
    (tmp_path / "lines").write_text("/privacy\n")
    with (tmp_path / "lines").open("rb") as lines:
        assert run(environment, lines)[1].startswith("What is kept of you")
    with Path(os.devnull).open("rb") as nothing:
        assert run(environment, nothing) == (0, "", "")


def test_a_closed_output_ends_it_quietly(environment: dict[str, str]) -> None:
    """A reader like `head` that goes before the end leaves no complaint behind."""
    with subprocess.Popen(
        COMMAND, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b"/privacy\n" * 50)
        process.stdin.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


def test_ctrl_c_ends_it_while_it_waits(environment: dict[str, str]) -> None:
    """An interrupt is obeyed at once, although the next line never comes."""
    # Whoever runs the tests in the background makes them ignore interrupts, and a child would inherit that.
    heard = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", heard, *COMMAND]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"/privacy\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130


def test_an_output_without_our_letters_is_written_all_the_same(environment: dict[str, str]) -> None:
    """What the encoding lacks becomes a question mark."""
    code, written, _ = run({**environment, "PYTHONIOENCODING": "ascii"}, b"/brief\n")
    assert code == 0
    assert written.startswith("Russia?Ukraine ceasefire talks 2025: in brief")
