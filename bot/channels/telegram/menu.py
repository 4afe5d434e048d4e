"""The menu: the commands that Telegram offers beside the text field, made from the registry and the content."""

import logging
from collections.abc import Iterable
from typing import Final

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.catalogue.snapshot import Snapshot, in_process
from bot.rendering.labels import Labels
from bot.rendering.limits import clipped

_LOG: Final = logging.getLogger(__name__)
_MOST: Final = 100  # commands, by the Bot API
_DESCRIPTION: Final = 256  # characters, by the Bot API


def menu(snapshot: Snapshot, labels: Labels, *, owner: bool = False) -> tuple[BotCommand, ...]:
    """Return the default process's own questions first, then every listed command, an owner's before them."""
    process = snapshot.default_process()
    questions = in_process(snapshot.questions, process.record.slug) if process else ()
    owned = [(rev.record.command, rev.record.question) for rev in questions if rev.record.command]
    listed = [*owned, *(labels.owner_menu.items() if owner else ()), *labels.menu.items()][:_MOST]
    return tuple(BotCommand(name, clipped(text, _DESCRIPTION)) for name, text in listed)


async def set_menu(bot: Bot, snapshot: Snapshot, labels: Labels, owners: Iterable[int] = ()) -> None:
    """Show the menu, and each owner theirs. A failure is logged: people can ask without it; the next publication tries.

    An owner who has never written to the bot has no chat yet that could have a menu.
    """
    try:
        await bot.set_my_commands(menu(snapshot, labels))
    except TelegramError as error:
        _LOG.warning("The menu could not be set: %s", error.message)
    for owner in owners:
        try:
            await bot.set_my_commands(menu(snapshot, labels, owner=True), scope=BotCommandScopeChat(owner))
        except TelegramError as error:
            _LOG.info("The menu of owner %d could not be set: %s", owner, error.message)
