"""The ledger: what each message told."""

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table, Text

from bot.storage.tables.base import RowId, UtcTime, metadata

ledger = Table(
    "ledger",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("told", UtcTime, nullable=False, index=True),
    Column("chat", BigInteger, nullable=False),
    Column("message", BigInteger),  # null until the channel has confirmed the sending
    Column("line", Text, nullable=False),
    Column("locale", String(10), nullable=False),
    Column("part", Integer, nullable=False, server_default="0"),  # which, of a reply that took several messages
    Column("inline_message", String(200)),  # Telegram's id of a message sent through inline mode; its chat is 0
    Index("ix_ledger_chat_message", "chat", "message"),
    sqlite_autoincrement=True,
)

ledger_tells = Table(
    "ledger_tells",
    metadata,
    Column("ledger", ForeignKey("ledger.id", ondelete="CASCADE"), primary_key=True),
    Column("record", RowId, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("place", Integer, nullable=False),  # the first is what the message is about
    ForeignKeyConstraint(["record", "number"], ["revisions.record", "revisions.number"]),
    Index("ix_ledger_tells_record_number_ledger", "record", "number", "ledger"),
)
