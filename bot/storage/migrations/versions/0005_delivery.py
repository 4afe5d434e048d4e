"""The outbox owes what command lines make; subscriptions have options; corrections, reminders and visits are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables anew where they change, and carry over what they held."""
    op.add_column("ledger", sa.Column("part", sa.Integer, nullable=False, server_default="0"))
    op.drop_index("ix_ledger_tells_record_number", "ledger_tells")
    op.create_index("ix_ledger_tells_record_number_ledger", "ledger_tells", ["record", "number", "ledger"])
    op.drop_index("ix_subscriptions_target_chat", "subscriptions")
    op.drop_index("ix_outbox_state_due", "outbox")
    for name in ("subscriptions", "outbox", "broadcasts"):
        op.rename_table(name, f"old_{name}")
    _make_broadcasts()
    _make_outbox()
    _make_following()
    _make_corrections()
    _carry_over()
    for name in ("outbox", "broadcasts", "subscriptions"):
        op.drop_table(f"old_{name}")


def _make_broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("made", _TIME, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("target", _ROW_ID, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("publication", _ROW_ID),
        sa.Column("course", sa.String(10), nullable=False),
        sa.Column("stage", sa.Integer, nullable=False),
        sa.Column("cursor", sa.BigInteger),
        sa.Column("filled", sa.Boolean, nullable=False),
        sa.Column("progress_chat", sa.BigInteger),
        sa.Column("progress_message", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.ForeignKeyConstraint(["target"], ["records.id"], name="fk_broadcasts_target"),
        sa.ForeignKeyConstraint(["publication"], ["publications.number"], name="fk_broadcasts_publication"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_broadcasts_course", "broadcasts", ["course"])
    op.create_table(
        "audiences",
        sa.Column("broadcast", _ROW_ID, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("record", _ROW_ID),
        sa.Column("number", sa.Integer),
        sa.PrimaryKeyConstraint("broadcast", "place", name="pk_audiences"),
        sa.ForeignKeyConstraint(["broadcast"], ["broadcasts.id"], name="fk_audiences_broadcast", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_audiences_record"),
    )
    op.create_index("ix_audiences_record", "audiences", ["record"])


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("broadcast", _ROW_ID),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("entry", _ROW_ID, nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("due", _TIME, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("message", sa.BigInteger),
        sa.Column("reason", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["broadcast"], ["broadcasts.id"], name="fk_outbox_broadcast"),
        sa.UniqueConstraint("broadcast", "chat", "entry", name="uq_outbox_broadcast_chat_entry"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state_broadcast_rank_due", "outbox", ["state", "broadcast", "rank", "due"])
    op.create_index("ix_outbox_chat_state", "outbox", ["chat", "state"])


def _make_following() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("target", _ROW_ID),
        sa.Column("mode", sa.String(12), nullable=False),
        sa.Column("after", _ROW_ID, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.ForeignKeyConstraint(["target"], ["records.id"], name="fk_subscriptions_target"),
        sa.UniqueConstraint("chat", "target", name="uq_subscriptions_chat_target"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_target_chat", "subscriptions", ["target", "chat"])
    op.create_table(
        "followers",
        sa.Column("chat", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("quiet_from", sa.Integer, nullable=False),
        sa.Column("quiet_to", sa.Integer, nullable=False),
        sa.Column("paused_until", _TIME),
        sa.Column("told_at_once", _ROW_ID, nullable=False),
        sa.Column("told_daily", _ROW_ID, nullable=False),
        sa.Column("told_weekly", _ROW_ID, nullable=False),
        sa.Column("daily_due", _TIME),
        sa.Column("weekly_due", _TIME),
        sa.PrimaryKeyConstraint("chat", name="pk_followers"),
    )
    op.create_index("ix_followers_daily_due", "followers", ["daily_due"])
    op.create_index("ix_followers_weekly_due", "followers", ["weekly_due"])
    op.create_table(
        "visits",
        sa.Column("chat", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("seen", _ROW_ID, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_visits"),
    )


def _make_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("publication", _ROW_ID, nullable=False),
        sa.Column("record", _ROW_ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("publication", "record", name="pk_corrections"),
        sa.ForeignKeyConstraint(["publication"], ["publications.number"], name="fk_corrections_publication"),
        sa.ForeignKeyConstraint(
            ["record", "number"], ["revisions.record", "revisions.number"], name="fk_corrections_record_number"
        ),
    )
    op.create_index("ix_corrections_record_number", "corrections", ["record", "number"])
    op.create_table(
        "reminders",
        sa.Column("record", _ROW_ID, nullable=False),
        sa.Column("ends", sa.Date, nullable=False),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("record", "ends", "stage", name="pk_reminders"),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_reminders_record"),
    )


def _carry_over() -> None:
    """Carry over what was held: who followed a process hears of it at once, and what was owed stays owed."""
    op.execute(
        "INSERT INTO broadcasts (id, kind, made, author, target, body, course, stage, cursor, filled) "
        "SELECT id, kind, made, author, target, body, 'going', 1, cursor, filled FROM old_broadcasts"
    )
    op.execute("INSERT INTO audiences (broadcast, place) SELECT id, 0 FROM old_broadcasts")
    op.execute("INSERT INTO audiences (broadcast, place, record) SELECT id, 1, target FROM old_broadcasts")
    op.execute(
        "INSERT INTO outbox (id, broadcast, chat, entry, locale, line, rank, due, state, tries, message, reason) "
        "SELECT o.id, o.broadcast, o.chat, 0, o.locale, '/news ' || o.broadcast, 3, coalesce(o.due, b.made), "
        "o.state, o.tries, o.message, o.reason FROM old_outbox o JOIN old_broadcasts b ON b.id = o.broadcast"
    )
    # One whose audience was not made in full yet is for those who followed by then.
    op.execute(
        "INSERT INTO subscriptions (chat, target, mode, after, since) "
        "SELECT s.chat, s.target, 'at once', (SELECT coalesce(max(b.id), 0) FROM old_broadcasts b "
        "WHERE b.made < s.since), s.since FROM old_subscriptions s ORDER BY s.since"
    )
    op.execute(
        "INSERT INTO followers (chat, locale, zone, hour, weekday, quiet_from, quiet_to, told_at_once, told_daily, "
        "told_weekly) SELECT chat, min(locale), 'UTC', 8, 0, 0, 0, 0, 0, 0 FROM old_subscriptions GROUP BY chat"
    )
