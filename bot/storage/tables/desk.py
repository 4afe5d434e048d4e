"""The desk: who may do what, what was done, what is being written, and what is about to be published."""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    event,
)

from bot.storage.tables.base import RowId, UtcTime, metadata

team = Table(
    "team",
    metadata,
    Column("reader", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(20)),  # null: had one once; their menu is still to be taken away
    Column("name", String(100), nullable=False),
    Column("since", UtcTime, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("who", String(200), nullable=False),
    Column("did", String(40), nullable=False),
    Column("what", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Whoever gets at the database through Parley can add to the audit and nothing else. Migrations make the same triggers.
for _verb in ("UPDATE", "DELETE"):
    event.listen(
        audit,
        "after_create",
        DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy has not typed it
            f"CREATE TRIGGER audit_no_{_verb.lower()} BEFORE {_verb} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
        ).execute_if(dialect="sqlite"),
    )

drafts = Table(
    "drafts",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("form", String(20), nullable=False),  # a kind of record, or a bulletin
    Column("process", String(40), nullable=False),
    Column("author", BigInteger, nullable=False, index=True),
    Column("made", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
    Column("version", Integer, nullable=False),  # counts the changes
    Column("record", RowId),  # the revision that it began from; null where the record is new
    Column("number", Integer),
    Column("written", Text, nullable=False),  # JSON, as typed: it need not be a record yet
    Column("plan", Text, nullable=False),  # JSON: how it is to be published
    ForeignKeyConstraint(["record", "number"], ["revisions.record", "revisions.number"]),
    Index("ix_drafts_record", "record"),
    sqlite_autoincrement=True,
)

dialogues = Table(
    "dialogues",
    metadata,
    Column("reader", BigInteger, primary_key=True, autoincrement=False),
    Column("draft", ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("place", String(200), nullable=False),  # the path of what is asked for
    Column("walking", Boolean, nullable=False),  # through all fields, rather than to one of them and back
    Column("heard", BigInteger),  # the message that was taken last, so that a repeated one is not taken again
)

proposals = Table(
    "proposals",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("state", String(20), nullable=False),
    Column("made", UtcTime, nullable=False),
    Column("due", UtcTime),  # held: when it is carried out
    Column("author", String(200), nullable=False),
    Column("approver", String(200)),
    Column("draft", BigInteger),  # what it was made from; gone once that is published
    Column("version", Integer),  # of the draft
    Column("body", Text, nullable=False),  # JSON: the records as they are to be, or the bulletin
    Column("reason", Text, nullable=False),  # why it was not carried out
    Index("ix_proposals_state_due", "state", "due"),
    sqlite_autoincrement=True,
)
