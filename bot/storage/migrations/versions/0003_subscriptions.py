"""Subscriptions, broadcasts and the outbox; chats that cannot be reached; what waits to be confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_subscriptions()
    _make_outbox()
    op.create_table(
        "confirmations",
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("reader", sa.BigInteger, nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_confirmations"),
    )
    op.create_index("ix_confirmations_expires", "confirmations", ["expires"])


def _make_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("chat", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("target", _ROW_ID, nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("chat", "target", name="pk_subscriptions"),
        sa.ForeignKeyConstraint(["target"], ["records.id"], name="fk_subscriptions_target"),
    )
    op.create_index("ix_subscriptions_target_chat", "subscriptions", ["target", "chat"])
    op.create_table(
        "gone_chats",
        sa.Column("chat", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_gone_chats"),
    )


def _make_outbox() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("made", _TIME, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("target", _ROW_ID, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("cursor", sa.BigInteger),
        sa.Column("filled", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.ForeignKeyConstraint(["target"], ["records.id"], name="fk_broadcasts_target"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("broadcast", _ROW_ID, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due", _TIME),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("message", sa.BigInteger),
        sa.Column("reason", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["broadcast"], ["broadcasts.id"], name="fk_outbox_broadcast"),
        sa.UniqueConstraint("broadcast", "chat", name="uq_outbox_broadcast_chat"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state_due", "outbox", ["state", "due"])
