"""The bot as a real process, started, killed at random moments and started again on one database."""

import asyncio
import os
import secrets
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.conftest import ROOT
from tests.telegram import FakeTelegram

SHORT = 2
KILLS = int(os.environ.get("CRASH_KILLS", SHORT))
SEED = int(os.environ.get("CRASH_SEED", 1 if KILLS == SHORT else secrets.randbelow(2**32)))
PATIENCE = 60.0  # seconds a start, and what is left at the end, may take on a busy machine


@dataclass
class Lives:
    """The bot's lives, and what was found on the way. `settings` are given to it besides token and address."""

    telegram: FakeTelegram
    folder: Path
    dice: Random
    settings: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    died: float = 0.0  # when it was killed last, by time.monotonic()

    async def start(self) -> asyncio.subprocess.Process:
        """Start the bot."""
        self.counts["starts"] += 1
        outside = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
        with (self.folder / "log.txt").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                cwd=self.folder,
                stderr=log,
                env={
                    **outside,
                    "PYTHONPATH": str(ROOT),
                    "PARLEY_TELEGRAM_TOKEN": self.telegram.token,
                    "PARLEY_TELEGRAM_API_URL": self.telegram.url,
                    **self.settings,
                },
            )

    async def live_and_die(self) -> None:
        """Start the bot and kill it at a random moment, mostly while it works."""
        polls, process = self.telegram.counts["getUpdates"], await self.start()
        if self.dice.random() < 0.85:
            while self.telegram.counts["getUpdates"] == polls and process.returncode is None:  # noqa: ASYNC110 - the end of a process rings no bell
                await asyncio.sleep(0.01)
        await asyncio.sleep(self.dice.uniform(0, 1.5))
        if process.returncode is None:
            process.kill()
            self.died = time.monotonic()
            self.counts["kills"] += 1
        else:
            self.counts["ended by itself"] += 1  # Telegram's trouble can meet the very first call
        await process.wait()
        await asyncio.sleep(0.05)  # what it has sent last may still be on its way to the server

    def check(self) -> None:
        """Check the database that a killed bot leaves."""
        with self.database() as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []

    async def live(self, left: Callable[[], int], patience: float = PATIENCE) -> None:
        """Start the bot for good, let it finish until nothing is left, and stop it in the ordinary way."""
        process, clock = await self.start(), asyncio.get_running_loop().time
        deadline = clock() + patience
        while left() and clock() < deadline:
            if process.returncode is not None:
                self.counts["ended by itself"] += 1
                process = await self.start()
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            await process.wait()

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """Give a copy of the database as it stands: opening the file itself would mend what the bot must mend.

        Not while this process has the database open: whoever closes a file gives up its process's locks on it.
        """
        copies = self.folder / "copies"
        shutil.rmtree(copies, ignore_errors=True)
        copies.mkdir()
        for file in self.folder.glob("parley.db*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, copies)
        with closing(sqlite3.connect(copies / "parley.db")) as database:
            yield database

    def __str__(self) -> str:
        """Return the counts."""
        return ", ".join(f"{number} {what}" for what, number in self.counts.items())
