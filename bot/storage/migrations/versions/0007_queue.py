"""What readers could not find, who wants to hear of it, what the desk has seen, counts a day, and the weekly lists."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_missed()
    op.create_table(
        "wishes",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("process", sa.String(40), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wishes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wishes_chat", "wishes", ["chat"])
    op.create_table(
        "seen_feedback",
        sa.Column("record", _ROW_ID, nullable=False),
        sa.Column("upto", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("record", name="pk_seen_feedback"),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_seen_feedback_record"),
    )
    op.create_table(
        "counts",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "what", name="pk_counts"),
    )
    op.create_table(
        "weekly_lists",
        sa.Column("week", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("week", name="pk_weekly_lists"),
    )


def _make_missed() -> None:
    op.create_table(
        "missed",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("reader", sa.String(64), nullable=False),
        sa.Column("process", sa.String(40), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_missed"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_missed_at", "missed", ["at"])
    op.create_index("ix_missed_reader_at", "missed", ["reader", "at"])
    op.create_index("ix_missed_state", "missed", ["state"])
