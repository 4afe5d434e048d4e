"""/outbox: what is going out to many, for the desk, with buttons that pause and stop it."""

from typing import Final

from bot.commands.context import Context
from bot.commands.numbers import whole
from bot.rendering.labels import Labels
from bot.rendering.pages.desk import OutboxPage
from bot.rendering.reply import Button, Reply, Rows
from bot.services.progress import Progress
from bot.storage.outbox import Course

_COURSES: Final = {"pause": Course.PAUSED, "go": Course.GOING, "stop": Course.STOPPED}
_UNDER_WAY: Final = (Course.GOING, Course.PAUSED)


async def outbox(context: Context) -> Reply:
    """Return all that is under way, or one broadcast; steer it first where the line says so."""
    word, _, rest = context.arguments.partition(" ")
    now, progress = context.request.now, context.parts.progress
    number = whole(rest.strip() if word in _COURSES else word)
    if not number:
        return context.reply(OutboxPage([item.shown(now) for item in await progress.all(now)]))
    if word in _COURSES:
        await progress.steer(number, _COURSES[word])
        context.parts.owed.set()
    found = await progress.of(number, now)
    return context.reply(
        OutboxPage((found.shown(now),) if found else ()), steering(context.labels, found) if found else (), turns=True
    )


def steering(labels: Labels, progress: Progress) -> Rows:
    """Return the buttons that pause, stop or go on with it; none where it has ended."""
    item = progress.broadcast
    if item.course not in _UNDER_WAY:
        return ()
    going = item.course is Course.GOING
    first = Button(labels.pause, f"/outbox pause {item.id}") if going else Button(labels.go_on, f"/outbox go {item.id}")
    return ((first, Button(labels.stop, f"/outbox stop {item.id}")),)
