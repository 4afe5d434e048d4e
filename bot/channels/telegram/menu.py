"""The menu: the commands that Telegram offers beside the text field, made from the registry and the content."""

import logging
from typing import Final

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.catalogue.snapshot import Snapshot, in_process
from bot.rendering.labels import Labels
from bot.rendering.limits import clipped

_LOG: Final = logging.getLogger(__name__)
_MOST: Final = 100  # commands, by the Bot API
_DESCRIPTION: Final = 256  # characters, by the Bot API


def menu(snapshot: Snapshot, labels: Labels) -> tuple[BotCommand, ...]:
    """Return the default process's own questions first, then every listed command."""
    process = snapshot.default_process()
    questions = in_process(snapshot.questions, process.record.slug) if process else ()
    owned = [(rev.record.command, rev.record.question) for rev in questions if rev.record.command]
    listed = [*owned, *labels.menu.items()][:_MOST]
    return tuple(BotCommand(name, clipped(text, _DESCRIPTION)) for name, text in listed)


async def set_menu(bot: Bot, snapshot: Snapshot, labels: Labels) -> None:
    """Show the menu. A failure is logged: readers can ask without it, and the next publication tries again."""
    try:
        await bot.set_my_commands(menu(snapshot, labels))
    except TelegramError as error:
        _LOG.warning("The menu could not be set: %s", error.message)
