"""Finding what a question asks for, in what is published."""

from bot.catalogue.snapshot import Snapshot
from bot.commands.context import Parts
from bot.search.finding import Finding


async def find(parts: Parts, snapshot: Snapshot, text: str, process: str | None) -> Finding:
    """Return what the text finds; records of `process`, where it is given, are preferred."""
    index = snapshot.index
    vector = await parts.understanding.vector(index.meant(text)) if index.understands else None
    return snapshot.find(text, process, vector)
