"""The menu: the commands that Telegram offers beside the text field, made from the registry and the content."""

import logging
from typing import Final

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.catalogue.snapshot import Snapshot, in_process
from bot.domain.roles import Role
from bot.rendering.labels import Labels
from bot.rendering.limits import clipped
from bot.services.team import Team

_LOG: Final = logging.getLogger(__name__)
_MOST: Final = 100  # commands, by the Bot API
_DESCRIPTION: Final = 256  # characters, by the Bot API


def menu(snapshot: Snapshot, labels: Labels, role: Role | None = None) -> tuple[BotCommand, ...]:
    """Return the default process's own questions first, then every command that is listed for the role."""
    process = snapshot.default_process()
    questions = in_process(snapshot.questions, process.record.slug) if process else ()
    owned = [(rev.record.command, rev.record.question) for rev in questions if rev.record.command]
    everybodys = labels.menu.keys()
    by_role = sorted(labels.menu_for(role).items(), key=lambda item: item[0] in everybodys)  # the desk's own first
    return tuple(BotCommand(name, clipped(text, _DESCRIPTION)) for name, text in [*owned, *by_role][:_MOST])


async def set_menu(bot: Bot, snapshot: Snapshot, labels: Labels, team: Team) -> None:
    """Show the menu, and each of the team theirs. A failure is logged: people can ask without it.

    A person who has never written to the bot has no chat yet that could have a menu; the next change tries again.
    """
    try:
        await bot.set_my_commands(menu(snapshot, labels))
    except TelegramError as error:
        _LOG.warning("The menu could not be set: %s", error.message)
    for reader in (*team.owners, *(member.reader for member in team.members)):
        role, scope = team.role(reader), BotCommandScopeChat(reader)
        try:
            if role:
                await bot.set_my_commands(menu(snapshot, labels, role), scope=scope)
            else:
                await bot.delete_my_commands(scope=scope)
        except TelegramError as error:
            _LOG.info("The menu of %d could not be set: %s", reader, error.message)
