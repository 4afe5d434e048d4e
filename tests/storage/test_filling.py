"""Filling: of every kind of follower, who is owed a broadcast, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import insert, select

from bot.domain.base import Kind
from bot.domain.following import Mode
from bot.services.broadcast import write_bulletin
from bot.storage import filling, outbox, records
from bot.storage.database import Connection, Database
from bot.storage.tables import followers, gone_chats, subscriptions
from bot.storage.tables import outbox as table
from tests.domain.examples import process, source
from tests.storage.opening import NOON, publish


@dataclass(frozen=True)
class _Kind:
    """A kind of follower."""

    mode: Mode
    quiet: bool  # at NOON, until two hours later
    paused: bool
    gone: bool
    late: bool  # follows since after the broadcast
    told: bool  # has been told of it in another way

    @property
    def hears(self) -> bool:
        """Whether the broadcast is owed to such a one."""
        return self.mode is Mode.AT_ONCE and not (self.paused or self.gone or self.late or self.told)


@pytest.mark.parametrize("most", [1, 7, 1000])
async def test_each_follower_is_owed_what_they_chose_once_whatever_the_slices(database: Database, most: int) -> None:
    """At once, in quiet hours after them; paused, gone, by digest, told already or too late, nothing."""
    await publish(database, process(parties=()), source())
    expected = []
    async with database.write() as connection:
        target = (await records.ids(connection, [(Kind.PROCESS, "talks")]))[(Kind.PROCESS, "talks")]
        flags = product((False, True), repeat=5)
        kinds = [_Kind(mode, *flag) for mode, flag in product(Mode, flags)]
        followed: list[list[int | None]] = [[target], [None], [None, target]]
        for chat, (kind, targets) in enumerate(product(kinds, followed), 1):
            await _follow(connection, chat, targets, kind)
            if kind.hears:
                expected.append((chat, NOON + timedelta(hours=2) if kind.quiet else NOON))
        number = await write_bulletin(connection, "talks", "Hello", author="a", now=NOON)
        while await filling.fill(connection, most, NOON, NOON):
            pass
        rows = await connection.execute(select(table).order_by(table.c.chat))
        owed = [(row.chat, row.due, row.line, row.state, row.rank) for row in rows]
    rest = (f"/news {number}", outbox.State.OWED.value, outbox.Rank.NEWS.value)
    assert owed == [(*item, *rest) for item in expected]


async def _follow(connection: Connection, chat: int, targets: Sequence[int | None], kind: _Kind) -> None:
    follower = {"chat": chat, "locale": "en", "zone": "UTC", "hour": 8, "weekday": 0}
    follower |= {"quiet_from": 10, "quiet_to": 14} if kind.quiet else {"quiet_from": 0, "quiet_to": 0}
    follower |= {"told_at_once": 9 if kind.told else 0, "told_daily": 0, "told_weekly": 0}
    until = NOON + timedelta(days=1) if kind.paused else None
    await connection.execute(insert(followers).values(**follower, paused_until=until))
    after = 9 if kind.late else 0
    rows = [{"chat": chat, "target": it, "mode": kind.mode.value, "after": after, "since": NOON} for it in targets]
    await connection.execute(insert(subscriptions), rows)
    if kind.gone:
        await connection.execute(insert(gone_chats).values(chat=chat, since=NOON, reason="blocked"))
