"""What a command is: its name, what answers it, and whether it is listed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.commands.context import Context
from bot.domain.roles import Role
from bot.rendering.reply import Reply

Handler = Callable[[Context], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command.

    One that is not `listed` only stands behind buttons; one that works on an `empty` catalogue says so; one that
    `notifies` answers with a notice over its button. One that `reads` depends on nothing but what is published, the
    day, the chat's process and the reader's language, so that its replies are kept (kept.py). One that `manages`
    decides for the whole chat: in a group it is for administrators. Whoever lacks its `role` finds no such command.
    """

    name: str
    handler: Handler
    listed: bool = True
    empty: bool = False
    notifies: bool = False
    reads: bool = False
    manages: bool = False
    role: Role | None = None
