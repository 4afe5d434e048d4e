"""The outbox: what goes first, what waits, and what an older database owed."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from bot.storage import broadcasts, claiming, filling, outbox, subscriptions
from bot.storage import migrate as migrate_module
from bot.storage.broadcasts import Audience, BroadcastKind
from bot.storage.database import Database
from bot.storage.outbox import Course, NewOwed, Rank, Settled, State
from tests.domain.examples import process, source
from tests.storage.opening import NOON, opened, publish

LEASE = timedelta(minutes=5)


async def bulletin(database: Database) -> int:
    """Write a broadcast whose messages the test makes itself."""
    async with database.write() as connection:
        number = await broadcasts.add(
            connection, BroadcastKind.BULLETIN, "talks", "x", (Audience(),), author="a", now=NOON
        )
        assert await filling.fill(connection, 10, NOON, NOON)
        return number


async def claimed(database: Database, most: int = 10, after: timedelta = timedelta()) -> list[str]:
    """Claim messages so long after NOON; return their lines."""
    async with database.write() as connection:
        return [item.line for item in await claiming.claim(connection, most, NOON + after, NOON + after + LEASE)]


async def test_what_is_owed_goes_by_rank_and_broadcasts_share(database: Database) -> None:
    """Corrections, then what somebody asked to be told, then news; a small broadcast goes beside a large one."""
    await publish(database, process(parties=()), source())
    large, small, paused = [await bulletin(database) for _ in range(3)]
    new = [NewOwed(chat, "en", "/large", Rank.NEWS, NOON, large) for chat in range(1, 7)]
    new += [NewOwed(chat, "en", "/small", Rank.NEWS, NOON, small) for chat in (1, 1, 2)]
    new += [NewOwed(1, "en", "/paused", Rank.NEWS, NOON, paused)]
    new += [NewOwed(1, "en", "/later", Rank.CORRECTION, NOON + timedelta(hours=1))]
    new += [NewOwed(1, "en", "/wrong", Rank.CORRECTION, NOON)]
    async with database.write() as connection:
        await outbox.owe_all(connection, new)
        await outbox.owe(connection, 1, "en", "/answer", now=NOON)
        await broadcasts.steer(connection, paused, Course.PAUSED)
    assert await claimed(database, 4) == ["/wrong", "/answer", "/large", "/small"]
    assert await claimed(database, 1) == ["/large"]
    assert sorted(await claimed(database)) == ["/large"] * 4 + ["/small"]
    async with database.read() as connection:
        assert not await claiming.waiting(connection, NOON)
    async with database.write() as connection:
        await broadcasts.steer(connection, paused, Course.GOING)
    assert await claimed(database, after=LEASE / 2) == ["/paused"]


async def test_two_processes_share_what_is_owed(database: Database, file: Path) -> None:
    """However their claims cross, each message is one's alone; what neither has taken is there for the next."""
    new = [NewOwed(chat, "en", f"/{chat}", Rank.ANSWER, NOON) for chat in range(1, 61)]
    async with database.write() as connection:
        await outbox.owe_all(connection, new)
    async with opened(file) as other:
        taken = await asyncio.gather(*(claimed(each, 7) for each in (database, other) * 4))
    lines = [line for lines in taken for line in lines]
    assert len(lines) == len(set(lines)) == 56
    assert len(await claimed(database)) == 4


async def test_a_clock_that_was_ahead_holds_nothing_back(database: Database) -> None:
    """A lease or a due time that lies further ahead than any can is not waited for."""
    async with database.write() as connection:
        await outbox.owe(connection, 1, "en", "/a", now=NOON)
        await outbox.owe(connection, 2, "en", "/b", now=NOON + timedelta(days=400))
        (owed,) = await claiming.claim(connection, 1, NOON + timedelta(days=400), NOON + timedelta(days=400) + LEASE)
    assert owed.line == "/a"
    assert await claimed(database) == ["/a"]
    async with database.write() as connection:
        await outbox.settle(connection, [Settled(owed.id, State.SENT, NOON, 7)])
        assert await outbox.mend_times(connection, NOON) == 1
    assert await claimed(database) == ["/b"]


async def test_an_older_database_keeps_what_it_owed(file: Path) -> None:
    """Subscriptions, broadcasts half made and messages in every state come through the migration, and go on."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate_module.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
    engine.dispose()
    with closing(sqlite3.connect(file)) as plain:
        time = "2025-03-20 12:00:00.000000"
        plain.execute("INSERT INTO records (id, kind, slug) VALUES (5, 'process', 'talks')")
        followed = [(1, time), (2, time), (3, time.replace("20 12", "21 12"))]
        plain.executemany("INSERT INTO subscriptions VALUES (?, 5, 'en', ?)", followed)
        plain.execute(
            "INSERT INTO broadcasts (id, kind, made, author, target, body, cursor, filled) "
            "VALUES (9, 'bulletin', ?, 'a', 5, 'Hello', 1, 0)",
            (time,),
        )
        plain.execute(
            "INSERT INTO outbox (id, broadcast, chat, locale, state, tries) VALUES (4, 9, 1, 'en', 'owed', 2)"
        )
        plain.commit()
    async with opened(file) as database, database.write() as connection:
        while await filling.fill(connection, 1, NOON, NOON):
            pass
        owed = await claiming.claim(connection, 10, NOON, NOON + LEASE)
        assert [(item.chat, item.line, item.tries) for item in owed] == [(1, "/news 9", 2), (2, "/news 9", 0)]
        assert await subscriptions.count(connection, "talks") == 3
