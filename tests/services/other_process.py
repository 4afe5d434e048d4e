"""A second process that publishes: `python -m tests.services.other_process FILE SLUG...` publishes a source a slug."""

import asyncio
import sys
from pathlib import Path

from bot.domain.revision import Change
from bot.services.publish import publish
from bot.storage.records import NewRevision
from tests.domain.examples import process, source
from tests.storage.opening import NOON, opened


async def main(file: Path, slugs: list[str]) -> None:
    """Publish the process with a source for each slug."""
    async with opened(file) as database:
        new = [NewRevision(record, Change.UPDATE, "") for record in (process(parties=()), *map(source, slugs))]
        publication = await publish(database, new, author="desk", note="from elsewhere", now=NOON)
        print(publication.number)  # noqa: T201 - what the other process reads


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
