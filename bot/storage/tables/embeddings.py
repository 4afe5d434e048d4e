"""What texts mean to the model that search understands with, so that it is computed once."""

from sqlalchemy import Column, LargeBinary, String, Table

from bot.storage.tables.base import metadata

embeddings = Table(
    "embeddings",
    metadata,
    Column("model", String(40), primary_key=True),
    Column("text_hash", LargeBinary(32), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # little-endian 32-bit floats
)
