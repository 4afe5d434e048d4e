"""The desk: the team, the audit, drafts with the dialogues they are written in, and what is about to be published."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "team",
        sa.Column("reader", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(20)),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("reader", name="pk_team"),
    )
    _make_audit()
    _make_drafts()
    op.create_table(
        "proposals",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("made", _TIME, nullable=False),
        sa.Column("due", _TIME),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("approver", sa.String(200)),
        sa.Column("draft", sa.BigInteger),
        sa.Column("version", sa.Integer),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposals_state_due", "proposals", ["state", "due"])


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("did", sa.String(40), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
            )


def _make_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("process", sa.String(40), nullable=False),
        sa.Column("author", sa.BigInteger, nullable=False),
        sa.Column("made", _TIME, nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("record", _ROW_ID),
        sa.Column("number", sa.Integer),
        sa.Column("written", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["record", "number"], ["revisions.record", "revisions.number"], name="fk_drafts_record_number"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_author", "drafts", ["author"])
    op.create_index("ix_drafts_record", "drafts", ["record"])
    op.create_table(
        "dialogues",
        sa.Column("reader", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("draft", _ROW_ID, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("walking", sa.Boolean, nullable=False),
        sa.Column("heard", sa.BigInteger),
        sa.PrimaryKeyConstraint("reader", name="pk_dialogues"),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name="fk_dialogues_draft", ondelete="CASCADE"),
    )
    op.create_index("ix_dialogues_draft", "dialogues", ["draft"])
