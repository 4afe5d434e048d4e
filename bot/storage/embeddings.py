"""Embeddings: a model's vectors as bytes, by the hashes of the texts that they are of."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import embeddings


async def all_of(connection: AsyncConnection, model: str) -> dict[bytes, bytes]:
    """Return the vectors that `model` made, by text hash."""
    rows = await connection.execute(
        select(embeddings.c.text_hash, embeddings.c.vector).where(embeddings.c.model == model)
    )
    return {row.text_hash: row.vector for row in rows}


async def keep(connection: AsyncConnection, model: str, vectors: Mapping[bytes, bytes]) -> None:
    """Keep the vectors in place of those of the same texts, and drop what other models made. Does not commit."""
    await connection.execute(delete(embeddings).where(embeddings.c.model != model))
    for text_hash in vectors:
        same = (embeddings.c.model == model) & (embeddings.c.text_hash == text_hash)
        await connection.execute(delete(embeddings).where(same))
    rows = [{"model": model, "text_hash": text_hash, "vector": vector} for text_hash, vector in vectors.items()]
    if rows:
        await connection.execute(insert(embeddings), rows)
