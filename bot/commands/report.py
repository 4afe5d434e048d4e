"""/report: a reader tells the desk of an error in what they were told."""

from dataclasses import replace
from typing import Final

from bot.commands import cards
from bot.commands.context import Context
from bot.commands.request import ChatKind
from bot.domain.revision import RevisionRef
from bot.rendering.pages.asking import ReportPage
from bot.rendering.reply import Reply
from bot.services.feedback import REPORT_LIMIT, REPORTS_A_DAY
from bot.storage.ledger import Told

PROMPT: Final = "/report on "  # the line of the message that asks what is wrong; a reply to it is a report


async def report(context: Context) -> Reply:
    """Keep a report of what was told, or ask what is wrong with it."""
    text = context.arguments
    if refs := _asked_about(context, text):
        return _ask(context, refs)
    told = await _told(context)
    if told is None:
        in_group = context.request.chat.kind is ChatKind.GROUP
        return _say(context, "reply to it" if in_group else "nothing told")
    if not text:
        return _ask(context, told.tells)
    if len(text) > REPORT_LIMIT:
        return _say(context, "too long", limit=REPORT_LIMIT)
    number = await context.parts.feedback.report(context.request.reader.id, text, told, context.request.now)
    if number is None:
        return _say(context, "too many", limit=REPORTS_A_DAY)
    return _say(context, "thanks", about=_title(context, told.tells), number=number)


def _ask(context: Context, refs: tuple[RevisionRef, ...]) -> Reply:
    reply = _say(context, "ask", about=_title(context, refs))
    line = PROMPT + " ".join(map(str, refs))
    return Reply((replace(reply.messages[0], asks=True, line=line),))


async def _told(context: Context) -> Told | None:
    """Return what the message replied to told, else the newest one that told anything to a private chat.

    In a group the newest message may have told somebody else something else.
    """
    request = context.request
    if request.replied_to is None and request.chat.kind is ChatKind.GROUP:
        return None
    told = await context.parts.ledger.told(request.chat.id, request.replied_to)
    if told and told.line.startswith(PROMPT):
        return Told(told.line, _refs(told.line.removeprefix(PROMPT)))
    return told if told and told.tells else None


def _asked_about(context: Context, text: str) -> tuple[RevisionRef, ...]:
    """Return the revisions that a button's line asks about; words of a reader that merely begin alike are a report."""
    words = text.removeprefix("on ")
    refs = _refs(words) if words != text else ()
    known = all(context.snapshot.by_id(ref.record) for ref in refs)
    return refs if known and len(refs) == len(words.split()) else ()


def _refs(text: str) -> tuple[RevisionRef, ...]:
    parsed = (RevisionRef.parse(word) for word in text.split())
    return tuple(ref for ref in parsed if ref)


def _title(context: Context, refs: tuple[RevisionRef, ...]) -> str:
    """Return what to call the record that was told, "" where it is no longer published."""
    found = context.snapshot.by_id(refs[0].record) if refs else None
    return cards.title(found.record) if found else ""


def _say(context: Context, state: str, *, about: str = "", number: int = 0, limit: int = 0) -> Reply:
    return context.reply(ReportPage(state, about, number, limit))
