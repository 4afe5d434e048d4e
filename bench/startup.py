"""Time and memory from nothing to the first answer, beside what importing a bot library alone costs."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.figures import Series
from bench.house import BenchFailed, environment
from bench.imports import explained
from bench.machine import installed
from bench.plan import Plan
from bench.table import Goal, Section, Table, at_most

QUESTION: Final = "What did Trump and Putin agree on the telephone?"
WARM: Final = "parley ask, database at hand"
FIRST: Final = "parley ask, empty folder"
# A person at a prompt takes a second for "at once"; setting up may be felt, once.
_WARM_GOAL: Final = 1.0
_FIRST_GOAL: Final = 3.0
_LIMIT: Final = 60.0  # seconds a process may take
_MEGABYTE: Final = 1_000_000
_LAUNCHER: Final = Path(__file__).with_name("launcher.py")
ASK: Final = ("-m", "bot", "ask")


@dataclass(frozen=True, slots=True)
class Start:
    """One process, from its start to its end."""

    seconds: float
    peak: int  # bytes resident at most


@dataclass(frozen=True, slots=True)
class Contestant:
    """A command to start, and the folder to start it in, which is asked for anew each time."""

    name: str
    arguments: tuple[str, ...]
    folder: Callable[[], Path]


def measure(plan: Plan, folder: Path, *, explain: bool) -> Section:
    """Start each contestant once a round; raises BenchFailed where one does not end well."""
    warm = _answering(folder / "warm")
    contestants = _contestants(folder, warm)
    seen: dict[str, list[Start]] = {contestant.name: [] for contestant in contestants}
    for _ in range(plan.starts):
        for contestant in contestants:
            seen[contestant.name].append(launch(contestant.arguments, contestant.folder()))
    tables = [_table(seen)]
    if explain:
        tables.append(explained((*ASK, QUESTION), warm))
    return Section("startup", tuple(tables), _goals(seen), {"processes": _raw(seen)})


def launch(arguments: tuple[str, ...], folder: Path) -> Start:
    """Run Python with these arguments in that folder; raises BenchFailed where it fails."""
    printed = folder / "printed.txt"
    command = [sys.executable, str(_LAUNCHER), str(printed), sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, timeout=_LIMIT, check=True
    )
    found = json.loads(done.stdout)
    if found["code"]:
        raise BenchFailed(f"{' '.join(arguments)} ended with {found['code']}: {printed.read_text('utf-8')[-500:]}")
    return Start(found["seconds"], found["peak"])


def _contestants(folder: Path, warm: Path) -> tuple[Contestant, ...]:
    others = [("python-telegram-bot", "telegram"), ("aiogram", "aiogram")]
    return (
        Contestant(WARM, (*ASK, QUESTION), lambda: warm),
        Contestant(FIRST, (*ASK, QUESTION), _empty_folders(folder)),
        *(
            Contestant(f"import {module}, nothing else", ("-c", f"import {module}"), lambda: warm)
            for package, module in others
            if installed(package)
        ),
        Contestant("python -c pass", ("-c", "pass"), lambda: warm),
    )


def _answering(folder: Path) -> Path:
    """Return the folder with a database in it, once it is sure that the question is answered at all."""
    folder.mkdir()
    command = [sys.executable, *ASK, "--json", QUESTION]
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, timeout=_LIMIT, check=False
    )
    if done.returncode or json.loads(done.stdout)["outcome"] != "answer":
        raise BenchFailed(f"The question is not answered: {(done.stderr or done.stdout)[-500:]}")
    return folder


def _empty_folders(folder: Path) -> Callable[[], Path]:
    def make() -> Path:
        number = sum(1 for _ in folder.glob("first-*"))
        fresh = folder / f"first-{number}"
        fresh.mkdir()
        return fresh

    return make


def _seconds(starts: list[Start]) -> Series:
    return Series(tuple(start.seconds for start in starts))


def _table(seen: dict[str, list[Start]]) -> Table:
    rows = tuple(
        (
            name,
            _seconds(starts).with_range(2),
            Series(tuple(start.peak / _MEGABYTE for start in starts)).with_range(),
        )
        for name, starts in seen.items()
    )
    columns = ("a fresh process, to its end", "seconds: median (range)", "peak memory in MB")
    return Table("1. To the first answer", columns, rows)


def _goals(seen: dict[str, list[Start]]) -> tuple[Goal, ...]:
    return (
        at_most("first answer of a fresh process", _WARM_GOAL, _seconds(seen[WARM]).median, "s"),
        at_most("the same, with setting up a database", _FIRST_GOAL, _seconds(seen[FIRST]).median, "s"),
    )


def _raw(seen: dict[str, list[Start]]) -> dict[str, object]:
    return {
        name: {"seconds": [start.seconds for start in starts], "peak_bytes": [start.peak for start in starts]}
        for name, starts in seen.items()
    }
