"""Records with their revisions, and the publications that brought them."""

from sqlalchemy import (
    CheckConstraint,
    Column,
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
