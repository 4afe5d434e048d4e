"""Opening real databases in a test's own folder, and publishing in them."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.domain.record import Record
from bot.domain.revision import Change, RevisionRef
from bot.storage import records
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.records import NewRevision

ROOT: Final = Path(__file__).parents[2]
NOON: Final = datetime(2025, 3, 20, 12, 0, tzinfo=UTC)


def url_of(file: Path) -> str:
    """Return the address of the database in `file`."""
    return f"sqlite+aiosqlite:///{file}"


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[Database]:
    """Open the database in `file` at today's tables, and close it on the way out."""
    database = Database(url_of(file))
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


async def publish(
    database: Database, *published: Record, change: Change = Change.UPDATE, author: str = "import", now: datetime = NOON
) -> tuple[RevisionRef, ...]:
    """Publish the records in one transaction, and return their revisions."""
    async with database.write() as connection:
        new = [NewRevision(record, change, "note") for record in published]
        return (await records.add(connection, new, author=author, note="note", now=now))[1]


async def run_module(name: str, *arguments: object) -> tuple[int, str]:
    """Run `python -m name arguments` as a process of its own; return its exit code and all that it printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-m", name, *map(str, arguments)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), 30)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    return process.returncode or 0, output.decode()
