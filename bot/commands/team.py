"""/team, /grant and /revoke: who is on the desk, and an owner's word on who may be."""

from typing import Final

from bot.commands.context import Context
from bot.domain.roles import Role
from bot.rendering.pages.desk import DeskPage
from bot.rendering.pages.team import MemberLine, TeamPage
from bot.rendering.reply import Reply
from bot.services.team import author

_GIVEN: Final = (Role.CONTRIBUTOR, Role.EDITOR)  # owners come from the settings
_ID_DIGITS: Final = 16  # Telegram's ids have at most 52 bits
_LONGEST_NAME: Final = 60


async def team(context: Context) -> Reply:
    """Return everybody on the desk with their role."""
    return _shown(context)


async def grant(context: Context) -> Reply:
    """Give somebody a role: `123456789 editor Anna`."""
    number, role, *name = [*context.arguments.split(maxsplit=2), "", ""][:3]
    reader = _number(number)
    if reader is None or role.lower() not in _GIVEN:
        return context.reply(DeskPage("grant usage"))
    called = "".join(name)[:_LONGEST_NAME].strip()
    request, parts = context.request, context.parts
    by = author(request.reader.id)
    if not await parts.team.grant(reader, Role(role.lower()), called, by=by, now=request.now):
        return context.reply(DeskPage("grant owner"))
    return _shown(context, granted=reader)


async def revoke(context: Context) -> Reply:
    """Take somebody's role away."""
    reader = _number(context.arguments.partition(" ")[0])
    if reader is None:
        return context.reply(DeskPage("revoke usage"))
    request = context.request
    if not await context.parts.team.revoke(reader, by=author(request.reader.id), now=request.now):
        return context.reply(DeskPage("revoke nobody"))
    return _shown(context, revoked=reader)


def _shown(context: Context, *, granted: int = 0, revoked: int = 0) -> Reply:
    staff = context.parts.team
    owners = [MemberLine(str(reader), Role.OWNER, staff.name(reader)) for reader in sorted(staff.owners)]
    others = [
        MemberLine(str(member.reader), member.role, member.name)
        for member in staff.members
        if member.role and member.reader not in staff.owners
    ]
    role = staff.role(granted)
    page = TeamPage([*owners, *others], str(granted or ""), role.value if role else "", str(revoked or ""))
    return context.reply(page)


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= _ID_DIGITS else None
