"""What readers could not find, who wants to hear of it, and what the desk has seen of what readers say."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from bot.storage.tables.base import RowId, UtcTime, metadata

missed = Table(
    "missed",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("reader", String(64), nullable=False),  # a keyed hash, never the id
    Column("process", String(40), nullable=False),  # the slug of what the chat asks about, if any
    Column("words", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text, nullable=False),  # why it is settled
    Index("ix_missed_reader_at", "reader", "at"),
    Index("ix_missed_state", "state"),
    sqlite_autoincrement=True,
)

# No link to `missed`: it would tell whose pseudonym that is.
wishes = Table(
    "wishes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("chat", BigInteger, nullable=False, index=True),
    Column("locale", String(10), nullable=False),
    Column("process", String(40), nullable=False),
    Column("words", Text, nullable=False),
    Column("since", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

seen_feedback = Table(
    "seen_feedback",
    metadata,
    Column("record", ForeignKey("records.id"), primary_key=True),
    Column("upto", UtcTime, nullable=False),  # ratings and reports of the record until then need no more looking at
)

counts = Table(
    "counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("what", String(20), primary_key=True),
    Column("number", Integer, nullable=False),
)

weekly_lists = Table(
    "weekly_lists",
    metadata,
    Column("week", String(8), primary_key=True),  # 2025-W12: the list of that week is owed or sent
)
