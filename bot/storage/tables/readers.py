"""What readers chose and said."""

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table, Text

from bot.storage.tables.base import RowId, UtcTime, metadata

chats = Table(
    "chats",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("process", ForeignKey("records.id"), nullable=False),
)

ratings = Table(
    "ratings",
    metadata,
    Column("reader", String(64), primary_key=True),
    Column("record", RowId, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("verdict", String(4), nullable=False),
    Column("given", UtcTime, nullable=False, index=True),
    ForeignKeyConstraint(["record", "number"], ["revisions.record", "revisions.number"]),
)

reports = Table(
    "reports",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("made", UtcTime, nullable=False, index=True),
    Column("reader", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("line", Text, nullable=False),  # the command line that told it
    sqlite_autoincrement=True,
)

report_tells = Table(
    "report_tells",
    metadata,
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("record", RowId, primary_key=True),
    Column("number", Integer, nullable=False),
    ForeignKeyConstraint(["record", "number"], ["revisions.record", "revisions.number"]),
)
