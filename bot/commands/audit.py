"""/audit: who did what on the desk, and when."""

from typing import Final

from bot.commands.context import Context
from bot.commands.paging import split_page, turning
from bot.rendering.pages.parts import Paging
from bot.rendering.pages.team import AuditLine, AuditPage
from bot.rendering.reply import Reply
from bot.services.team import author, named

_A_PAGE: Final = 10


async def audit(context: Context) -> Reply:
    """Return a page of what was done, the newest first."""
    _, wanted = split_page(context.arguments)
    number = max(1, wanted or 1)
    total, noted = await context.parts.audit.page(number, _A_PAGE)
    count = max(1, -(-total // _A_PAGE))
    paging = Paging(min(number, count), count, total)
    staff = context.parts.team
    names = {author(member.reader): named(member.reader, member.name) for member in staff.members}
    lines = [AuditLine(note.at, names.get(note.who, note.who), note.did, note.what) for note in noted]
    return context.reply(AuditPage(lines, paging), turning(paging, "/audit", context.labels), turns=wanted is not None)
