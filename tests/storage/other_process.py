"""A second process on a test's database: `python -m tests.storage.other_process FILE TASK [NUMBER]`.

`write` publishes NUMBER times, `migrate` only brings the tables up, `hold` keeps the write lock until its standard
input ends, `exit` reads, writes and closes. Each prints `done` when it comes to its end.
"""

import asyncio
import sys
from pathlib import Path

from bot.domain.revision import RevisionRef
from tests.domain.examples import process, source
from tests.storage.opening import opened, publish


async def _write(file: Path, number: int) -> None:
    async with opened(file) as database:
        for _ in range(number):
            await publish(database, process(parties=()), source())


async def _hold(file: Path) -> None:
    async with opened(file) as database, database.write():
        print("held", flush=True)  # noqa: T201 - what the other process waits for
        await asyncio.to_thread(sys.stdin.read)


async def _exit(file: Path) -> None:
    async with opened(file) as database:
        refs = await publish(database, process(parties=()), source())
        assert refs == (RevisionRef(1, 1), RevisionRef(2, 1))
        async with database.read(), database.read():
            pass


def main(name: str, task: str, number: str = "1") -> None:
    """Do the task."""
    file = Path(name)
    match task:
        case "write":
            asyncio.run(_write(file, int(number)))
        case "migrate":
            asyncio.run(_write(file, 0))
        case "hold":
            asyncio.run(_hold(file))
        case "exit":
            asyncio.run(_exit(file))
    print("done")  # noqa: T201 - what the other process looks for


if __name__ == "__main__":
    main(*sys.argv[1:])
