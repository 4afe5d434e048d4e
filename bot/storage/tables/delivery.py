"""What goes out to many, and the messages owed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.tables.base import RowId, UtcTime, metadata

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("made", UtcTime, nullable=False),
    Column("author", String(200), nullable=False),
    Column("target", ForeignKey("records.id"), nullable=False),  # the process that it is about
    Column("body", Text, nullable=False),
    Column("publication", ForeignKey("publications.number")),  # the one that it tells of
    Column("course", String(10), nullable=False, index=True),
    # How far owed messages have been made: the place in its audience, and the last chat or message there.
    Column("stage", Integer, nullable=False),
    Column("cursor", BigInteger),
    Column("filled", Boolean, nullable=False),
    # The message in which the desk sees how it goes.
    Column("progress_chat", BigInteger),
    Column("progress_message", BigInteger),
    sqlite_autoincrement=True,
)

audiences = Table(
    "audiences",
    metadata,
    Column("broadcast", ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("record", ForeignKey("records.id"), index=True),  # null: whoever follows everything
    Column("number", Integer),  # the chats that were told that revision; null: the record's followers
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("broadcast", ForeignKey("broadcasts.id")),
    Column("chat", BigInteger, nullable=False),
    Column("entry", RowId, nullable=False),  # the ledger's, where the message told by it is to be edited; else 0
    Column("locale", String(10), nullable=False),
    Column("line", Text, nullable=False),  # the command line that makes the message
    Column("rank", Integer, nullable=False),
    Column("due", UtcTime, nullable=False),  # owed: not before; sending: when the lease runs out
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("message", BigInteger),
    Column("reason", String(200)),
    UniqueConstraint("broadcast", "chat", "entry"),
    Index("ix_outbox_state_broadcast_rank_due", "state", "broadcast", "rank", "due"),
    Index("ix_outbox_chat_state", "chat", "state"),
    sqlite_autoincrement=True,
)

corrections = Table(
    "corrections",
    metadata,
    Column("publication", ForeignKey("publications.number"), primary_key=True),
    Column("record", RowId, primary_key=True),
    Column("number", Integer, nullable=False),  # the revision that puts it right
    Column("since", Integer, nullable=False),  # the first that was wrong
    ForeignKeyConstraint(["record", "number"], ["revisions.record", "revisions.number"]),
    Index("ix_corrections_record_number", "record", "number"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("record", ForeignKey("records.id"), primary_key=True),
    Column("ends", Date, primary_key=True),
    Column("stage", String(10), primary_key=True),
)
