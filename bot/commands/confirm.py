"""/confirm: what was asked is done, once; it only stands behind buttons."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.commands.confirming import NO
from bot.commands.context import NOTHING, Context
from bot.commands.forgetme import erase
from bot.commands.writing.discarding import discard
from bot.commands.writing.publishing import confirm_publishing
from bot.domain.roles import Role
from bot.errors import StorageError
from bot.rendering.pages.desk import DeskPage
from bot.rendering.reply import Reply
from bot.storage.confirmations import Pending
from bot.storage.database import Connection

Act = Callable[[Context, Connection, str, str], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Action:
    """What a confirmation does, and the role it still takes when it is pressed."""

    act: Act
    role: Role | None


ACTIONS: Final[Mapping[str, Action]] = MappingProxyType(
    {
        "discard": Action(discard, Role.CONTRIBUTOR),
        "forget": Action(erase, None),
        "publish": Action(confirm_publishing, Role.EDITOR),
    }
)


async def confirm(context: Context) -> Reply:
    """Do what the token stands for, in one transaction with the token's end; a used or foreign one does nothing."""
    token, _, choice = context.arguments.partition(" ")
    if not token or not choice:
        return NOTHING

    async def act(connection: Connection, pending: Pending) -> Reply:
        action = ACTIONS[pending.action]
        if choice == NO or not await context.parts.team.has(context.request.reader.id, action.role):
            return context.reply(DeskPage("cancelled"), turns=True)
        return await action.act(context, connection, pending.payload, choice)

    request, parts = context.request, context.parts
    done = await parts.confirmations.confirm(token, request.reader.id, request.now, act)
    if done is None:  # said beside the question: it may be another's, or show what has been done already
        return context.reply(DeskPage("expired"))
    with suppress(StorageError):  # it is done and durable; whoever watches the catalogue sees it within a second
        await parts.catalogue.refresh()
    parts.owed.set()
    return done
