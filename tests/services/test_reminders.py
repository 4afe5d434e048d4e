"""Declared ends: reminded of once each, on the right day, and never claiming what no source says."""

from datetime import date, timedelta
from typing import cast

import pytest

from bot.domain.agreement import Agreement
from bot.domain.base import Kind
from bot.domain.ending import Ending, Stage, ending
from bot.domain.revision import Change, Revision
from bot.services.delivery import Delivery
from bot.services.publish import publish
from bot.services.reminders import remind
from bot.services.subscribe import Subscriptions
from bot.storage import records
from bot.storage.database import Database
from bot.storage.records import NewRevision
from tests.domain.examples import agreement, key_date, process, source, turn
from tests.storage.opening import NOON

TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("ends", "stage"),
    [(1, Stage.TOMORROW), (0, Stage.TODAY), (-1, Stage.PASSED), (-7, Stage.PASSED), (-8, None), (2, None)],
)
def test_an_end_is_told_on_its_days(ends: int, stage: Stage | None) -> None:
    """Tomorrow, today, and for a week that it has passed; an extension takes its place; what is over is over."""
    day = TODAY + ends * DAY
    agreed = (turn("agreed", "2025-01-01"),)
    declared = agreement(dates={"declared_end": key_date(str(day))}, status_events=agreed)
    assert ending(declared, TODAY) == (Ending(day, stage) if stage else None)
    extended = {"declared_end": key_date("2025-03-19"), "extended_to": key_date(str(day))}
    assert ending(agreement(dates=extended, status_events=agreed), TODAY) == (Ending(day, stage) if stage else None)
    over = agreement(dates={"declared_end": key_date(str(day))}, status_events=(turn("collapsed", "2025-02-01"),))
    assert ending(over, TODAY) is None


@pytest.mark.parametrize("dates", [{}, {"declared_end": key_date("2025-03")}, {"declared_end": key_date("unclear")}])
def test_an_end_that_no_source_gives_a_day_for_is_not_told(dates: dict[str, object]) -> None:
    """A month, an unclear day or a sum of ours is no declared day."""
    assert ending(agreement(dates=dates), date(2025, 3, 31)) is None


async def test_each_reminder_is_owed_once_to_followers_and_the_desk(database: Database) -> None:
    """Three in all, from the morning on, however often and by how many it is looked."""
    pause = agreement(dates={"declared_end": key_date(str(TODAY + DAY))}, status_events=(turn("agreed", "2025-01-01"),))
    new = [NewRevision(record, Change.UPDATE, "") for record in (process(parties=()), source(), pause)]
    await publish(database, new, author="a", note="", now=NOON)
    await Subscriptions(database).start(1, (Kind.AGREEMENT, "pause"), "en", NOON)
    async with database.read() as connection:
        found = [cast("Revision[Agreement]", rev) for rev in await records.current(connection)][2:]
    delivery = await Delivery.open(database)
    told = []
    for day in range(3):
        for hour in (6, 12, 13):
            now = (NOON + day * DAY).replace(hour=hour)
            await remind(database, found, -100, now)
            while await delivery.fill(now):
                pass
            for item in await delivery.claim(10, now):
                told.append((day, hour, item.chat, item.line))
                await delivery.sent(item, (), now)
    assert sorted(told) == [
        (day, 12, chat, line)
        for day in range(3)
        for chat, line in ((-100, f"/news {day + 1}"), (1, f"/news {day + 1} 3"))
    ]
