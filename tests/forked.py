"""The command line as a process of its own, forked from one that has read Parley's code already.

Starting Python anew for each of some sixty commands would be most of what the tests take. What starts, is killed or
listens is started anew all the same.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_LIMIT: Final = 60.0  # seconds
_FORKS: Final = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["bot.cli", "bot.app", *(f"bot.actions.{name}" for name in ("asking", "content", "desk", "keeping", "probing"))]
)


def run(
    folder: Path, arguments: tuple[str, ...], environment: Mapping[str, str], given: bytes
) -> subprocess.CompletedProcess[bytes]:
    """Run `parley` in the folder, with this environment and nothing else, and with `given` on its standard input."""
    with tempfile.TemporaryDirectory() as name:
        streams = [Path(name) / stream for stream in ("in", "out", "err")]
        for stream in streams:
            stream.write_bytes(b"")
        streams[0].write_bytes(given)
        process = _FORKS.Process(target=_parley, args=(folder, arguments, dict(environment), streams))
        process.start()
        process.join(_LIMIT)
        assert process.exitcode is not None, f"parley {' '.join(arguments)} did not end in {_LIMIT:.0f} s"
        return subprocess.CompletedProcess(
            arguments, process.exitcode, streams[1].read_bytes(), streams[2].read_bytes()
        )


def _parley(folder: Path, arguments: tuple[str, ...], environment: dict[str, str], streams: list[Path]) -> None:
    from bot.cli import main  # noqa: PLC0415 - here it has been read already; in the tests' own process it need not be

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, stream in enumerate(streams):
        os.dup2(os.open(stream, os.O_RDWR), number)
    encoding, _, errors = environment.get("PYTHONIOENCODING", "utf-8").partition(":")
    sys.stdin = open(0, encoding=encoding, errors=errors or None, closefd=False)  # noqa: SIM115 - open till the end
    sys.stdout = open(1, "w", encoding=encoding, errors=errors or None, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding=encoding, errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv = ["parley", *arguments]
    code = main(list(arguments))
    sys.stdout.flush()
    sys.exit(code)
