"""`parley outbox`: what is going out to many."""

from argparse import Namespace

from bot.app import opened_database, utc_now
from bot.rendering.engine import DEFAULT_LOCALE, Templates
from bot.rendering.limits import visible
from bot.rendering.pages.desk import OutboxPage
from bot.services.progress import Progresses
from bot.settings import Settings
from bot.storage.outbox import Course


async def outbox(arguments: Namespace, settings: Settings) -> int:
    """Print what is under way, or pause, stop or go on with one; returns 1 where that one has ended."""
    now = utc_now()
    async with opened_database(settings) as database:
        progress = Progresses(database)
        for course, number in (
            (Course.PAUSED, arguments.pause),
            (Course.GOING, arguments.go),
            (Course.STOPPED, arguments.stop),
        ):
            if number is not None and not await progress.steer(number, course):
                print(f"No. {number} is not under way.")
                return 1
        page = OutboxPage([item.shown(now) for item in await progress.all(now)])
    print(visible(Templates(settings.templates_dir).render(page, DEFAULT_LOCALE)))
    return 0
