"""Which packages a start is spent on: Python's own import times, summed by package."""

import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Final

from bench.house import environment
from bench.table import Table

_LINE: Final = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)$", re.MULTILINE)
_SHOWN: Final = 5
_LIMIT: Final = 60.0
_STANDARD: Final = "standard library"


def explained(arguments: tuple[str, ...], folder: Path) -> Table:
    """Return where one start of Python with these arguments goes; measuring each import makes it slower than usual."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=_LIMIT,
        check=True,
    )
    whole = (time.perf_counter() - started) * 1000
    spent = _by_package(done.stderr)
    ordered = sorted(spent.items(), key=lambda item: -item[1])
    top, others = ordered[:_SHOWN], ordered[_SHOWN:]
    rows = (
        *top,
        (f"{len(others)} other packages", sum(milliseconds for _, milliseconds in others)),
        ("not importing: starting, working, ending", whole - sum(spent.values())),
        ("all", whole),
    )
    return Table(
        "   Where the start goes (-X importtime, one start, itself some slower)",
        ("package", "ms", "share"),
        tuple((name, f"{milliseconds:,.0f}", f"{milliseconds / whole:.0%}") for name, milliseconds in rows),
    )


def _by_package(report: str) -> dict[str, float]:
    """Return milliseconds by top package; what a module imports in turn counts for what is imported."""
    spent: defaultdict[str, float] = defaultdict(float)
    for microseconds, module in _LINE.findall(report):
        spent[_package(module)] += int(microseconds) / 1000
    return spent


def _package(module: str) -> str:
    top = module.partition(".")[0]
    return _STANDARD if top in sys.stdlib_module_names else top
