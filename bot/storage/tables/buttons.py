"""What stands behind buttons."""

from sqlalchemy import BigInteger, Column, String, Table, Text

from bot.storage.tables.base import UtcTime, metadata

tokens = Table(
    "tokens",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("line", Text, nullable=False),
    Column("reader", BigInteger),  # null: any reader may press it
    Column("expires", UtcTime, nullable=False, index=True),
)

confirmations = Table(
    "confirmations",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("reader", BigInteger, nullable=False),
    Column("action", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("expires", UtcTime, nullable=False, index=True),
)
