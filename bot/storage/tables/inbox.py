"""Updates taken in and not yet handled."""

from sqlalchemy import BigInteger, Column, Table, Text

from bot.storage.tables.base import UtcTime, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received", UtcTime, nullable=False, index=True),
    Column("body", Text),  # null once handled; the id stays a day, to know the update again
)
