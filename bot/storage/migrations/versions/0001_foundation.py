"""Records with revisions and links, publications, the ledger, chats, ratings, reports and tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_records()
    _make_ledger()
    _make_readers()


def _make_records() -> None:
    op.create_table(
        "publications",
        sa.Column("number", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("recorded", _TIME, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_publications"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "records",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("slug", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_records"),
        sa.UniqueConstraint("kind", "slug", name="uq_records_kind_slug"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "revisions",
        sa.Column("record", _ROW_ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("recorded", _TIME, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("change", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("schema", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("publication", _ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("record", "number", name="pk_revisions"),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_revisions_record"),
        sa.ForeignKeyConstraint(["publication"], ["publications.number"], name="fk_revisions_publication"),
        sa.CheckConstraint("number > 0", name="ck_revisions_number_from_one"),
    )
    op.create_index("ix_revisions_publication", "revisions", ["publication"])
    op.create_index("ix_revisions_record_recorded", "revisions", ["record", "recorded"])
    op.create_table(
        "refs",
        sa.Column("record", _ROW_ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("target", _ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("record", "number", "path", name="pk_refs"),
        sa.ForeignKeyConstraint(["target"], ["records.id"], name="fk_refs_target"),
        _to_revision("refs"),
    )
    op.create_index("ix_refs_target", "refs", ["target"])


def _make_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("told", _TIME, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("message", sa.BigInteger),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ledger_told", "ledger", ["told"])
    op.create_index("ix_ledger_chat_message", "ledger", ["chat", "message"])
    op.create_table(
        "ledger_tells",
        sa.Column("ledger", _ROW_ID, nullable=False),
        sa.Column("record", _ROW_ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("ledger", "record", name="pk_ledger_tells"),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name="fk_ledger_tells_ledger", ondelete="CASCADE"),
        _to_revision("ledger_tells"),
    )
    op.create_index("ix_ledger_tells_record_number", "ledger_tells", ["record", "number"])


def _make_readers() -> None:
    op.create_table(
        "chats",
        sa.Column("chat", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("process", _ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_chats"),
        sa.ForeignKeyConstraint(["process"], ["records.id"], name="fk_chats_process"),
    )
    op.create_table(
        "ratings",
        sa.Column("reader", sa.String(64), nullable=False),
        sa.Column("record", _ROW_ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(4), nullable=False),
        sa.Column("given", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("reader", "record", "number", name="pk_ratings"),
        _to_revision("ratings"),
    )
    op.create_index("ix_ratings_given", "ratings", ["given"])
    op.create_table(
        "reports",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("made", _TIME, nullable=False),
        sa.Column("reader", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_made", "reports", ["made"])
    op.create_table(
        "report_tells",
        sa.Column("report", _ROW_ID, nullable=False),
        sa.Column("record", _ROW_ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("report", "record", name="pk_report_tells"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_report_tells_report", ondelete="CASCADE"),
        _to_revision("report_tells"),
    )
    op.create_table(
        "tokens",
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("reader", sa.BigInteger),
        sa.Column("expires", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_tokens"),
    )
    op.create_index("ix_tokens_expires", "tokens", ["expires"])


def _to_revision(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["record", "number"], ["revisions.record", "revisions.number"], name=f"fk_{table}_record_number"
    )
