"""The tables as they are today. Migrations bring older databases here; a test compares the two."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time in UTC; a naive one is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the time with its zone."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


# SQLite numbers rows by itself only for INTEGER; elsewhere ids are 64 bits.
RowId = BigInteger().with_variant(Integer, "sqlite")

publications = Table(
    "publications",
    metadata,
    Column("number", RowId, primary_key=True, autoincrement=True),
    Column("recorded", UtcTime, nullable=False),
    Column("author", String(200), nullable=False),
    Column("note", Text, nullable=False),
    sqlite_autoincrement=True,
)

records = Table(
    "records",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("slug", String(40), nullable=False),
    UniqueConstraint("kind", "slug"),
    sqlite_autoincrement=True,
)

revisions = Table(
    "revisions",
    metadata,
    Column("record", ForeignKey("records.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("recorded", UtcTime, nullable=False),
    Column("author", String(200), nullable=False),
    Column("change", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("publication", ForeignKey("publications.number"), nullable=False, index=True),
    CheckConstraint("number > 0", name="number_from_one"),
    Index("ix_revisions_record_recorded", "record", "recorded"),
)

refs = Table(
    "refs",
    metadata,
    Column("record", RowId, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("path", String(200), primary_key=True),
    Column("target", ForeignKey("records.id"), nullable=False, index=True),
    ForeignKeyConstraint(["record", "number"], ["revisions.record", "revisions.number"]),
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("told", UtcTime, nullable=False, index=True),
    Column("chat", BigInteger, nullable=False),
    Column("message", BigInteger),  # null until the channel has confirmed the sending
    Column("line", Text, nullable=False),
    Column("locale", String(10), nullable=False),
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
    Index("ix_ledger_tells_record_number", "record", "number"),
)

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

tokens = Table(
    "tokens",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("line", Text, nullable=False),
    Column("reader", BigInteger),  # null: any reader may press it
    Column("expires", UtcTime, nullable=False, index=True),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received", UtcTime, nullable=False, index=True),
    Column("body", Text),  # null once handled; the id stays a day, to know the update again
)

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

confirmations = Table(
    "confirmations",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("reader", BigInteger, nullable=False),
    Column("action", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("expires", UtcTime, nullable=False, index=True),
)
