"""Who follows what, and what each follower has been told of."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from bot.storage.tables.base import RowId, UtcTime, metadata

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("chat", BigInteger, nullable=False),
    Column("target", ForeignKey("records.id")),  # a process, an agreement or a party; null: everything
    Column("mode", String(12), nullable=False),
    Column("after", RowId, nullable=False),  # the newest broadcast when it began: what follows that is for it
    Column("since", UtcTime, nullable=False),
    UniqueConstraint("chat", "target"),
    Index("ix_subscriptions_target_chat", "target", "chat"),
    sqlite_autoincrement=True,
)

followers = Table(
    "followers",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("locale", String(10), nullable=False),
    Column("zone", String(64), nullable=False),  # an IANA name
    Column("hour", Integer, nullable=False),  # of digests, on the clock of the zone
    Column("weekday", Integer, nullable=False),  # of weekly digests; 0 is Monday
    Column("quiet_from", Integer, nullable=False),  # hours on the clock of the zone; equal: no quiet hours
    Column("quiet_to", Integer, nullable=False),
    Column("paused_until", UtcTime),
    # The newest broadcast that is owed or told already, by the way of telling.
    Column("told_at_once", RowId, nullable=False),
    Column("told_daily", RowId, nullable=False),
    Column("told_weekly", RowId, nullable=False),
    Column("daily_due", UtcTime, index=True),  # null: follows nothing that way
    Column("weekly_due", UtcTime, index=True),
)

gone_chats = Table(
    "gone_chats",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("since", UtcTime, nullable=False),
    Column("reason", String(200), nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("seen", RowId, nullable=False),  # the newest publication when /changes was asked for last
    Column("at", UtcTime, nullable=False),
)
