"""Who follows what, and the messages owed to them."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables.base import RowId, UtcTime, metadata

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("target", ForeignKey("records.id"), primary_key=True),
    Column("locale", String(10), nullable=False),
    Column("since", UtcTime, nullable=False),
    Index("ix_subscriptions_target_chat", "target", "chat"),
)

gone_chats = Table(
    "gone_chats",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("since", UtcTime, nullable=False),
    Column("reason", String(200), nullable=False),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("made", UtcTime, nullable=False),  # later subscribers do not get it
    Column("author", String(200), nullable=False),
    Column("target", ForeignKey("records.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("cursor", BigInteger),  # the last chat that owed messages were made for
    Column("filled", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("broadcast", ForeignKey("broadcasts.id"), nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("locale", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("due", UtcTime),  # owed: not before; sending: when the lease runs out
    Column("tries", Integer, nullable=False),
    Column("message", BigInteger),
    Column("reason", String(200)),
    UniqueConstraint("broadcast", "chat"),
    Index("ix_outbox_state_due", "state", "due"),
    sqlite_autoincrement=True,
)
