"""What a run was seen on: figures without it say little."""

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from typing import Final

_PACKAGES: Final = ("parley", "python-telegram-bot", "aiogram", "aiohttp", "httpx", "sqlalchemy")


def description() -> dict[str, str]:
    """Return cores, load, Python, and the versions of what is measured; no name of the machine."""
    return {
        "cores": str(cores()),
        "load at start": _load(),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "SQLite": sqlite3.sqlite_version,
        **{name: installed(name) or "not installed" for name in _PACKAGES},
    }


def installed(package: str) -> str | None:
    """Return the version of the package, None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def cores() -> int:
    """Return how many cores this process may use, which in a container are often fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"
