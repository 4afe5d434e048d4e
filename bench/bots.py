"""Bots under measure, each a process of its own: started, watched from outside, stopped."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.house import BenchFailed, environment
from bench.server import BenchServer

_START_LIMIT: Final = 30.0  # seconds until it must poll
_STOP_LIMIT: Final = 15.0  # seconds until it is ended by force
_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Bot:
    """How to start a bot: the arguments of Python and what its environment holds besides."""

    name: str
    arguments: tuple[str, ...]
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that waits for messages."""

    process: int

    def cpu(self) -> float | None:
        """Return the CPU seconds it has used so far; None where there is no /proc."""
        try:
            # The name before the last bracket may hold anything; user and system time are the 14th and 15th field.
            fields = (_PROC / str(self.process) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def peak(self) -> int | None:
        """Return the bytes that it held at most so far; None where there is no /proc."""
        try:
            status = (_PROC / str(self.process) / "status").read_text()
        except OSError:
            return None
        kilobytes = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")), None)
        return int(kilobytes) * 1024 if kilobytes else None


@asynccontextmanager
async def running(bot: Bot, server: BenchServer, folder: Path) -> AsyncIterator[Running]:
    """Start the bot in the folder and give it once it polls; stop it at the end. Raises BenchFailed where it fails."""
    server.forget()
    log = folder / "log.txt"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *bot.arguments, cwd=folder, env=environment(**bot.more), stdout=output, stderr=output
        )
    try:
        await _until_polling(process, server, bot, log)
        yield Running(process.pid)
    finally:
        await _stop(process)


def tail(log: Path) -> str:
    """Return the end of what a process wrote, for people to read."""
    return log.read_text("utf-8", "replace")[-3000:]


async def _until_polling(process: asyncio.subprocess.Process, server: BenchServer, bot: Bot, log: Path) -> None:
    polls, ends = asyncio.create_task(server.polled()), asyncio.create_task(process.wait())
    try:
        await asyncio.wait({polls, ends}, timeout=_START_LIMIT, return_when=asyncio.FIRST_COMPLETED)
        if not polls.done():
            raise BenchFailed(f"{bot.name} does not poll: {tail(log)}")
    finally:
        polls.cancel()
        ends.cancel()


async def _stop(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_LIMIT)
    except TimeoutError:
        process.kill()
        await process.wait()
