"""Which draft somebody means, and whether it is theirs to see: an editor sees everybody's, a contributor their own."""

from typing import Final

from bot.commands.context import Context
from bot.domain.draft import Draft
from bot.domain.roles import Role
from bot.services.team import named

_DIGITS: Final = 15  # what fits the database's numbers


def number_in(word: str) -> int:
    """Return the number that the word writes, 0 where it writes none."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= _DIGITS else 0


async def draft_of(context: Context, word: str) -> Draft | None:
    """Return the draft of that number, or the one being written, or one's newest; None where whoever asks has none."""
    drafts, reader = context.parts.drafts, context.request.reader.id
    if word:
        draft = await drafts.read(number_in(word))
    else:
        found = await drafts.dialogue(reader)
        mine = (draft for draft in await drafts.everything() if draft.author == reader)
        draft = found[0] if found else next(mine, None)
    if draft is None or draft.author == reader:
        return draft
    return draft if await context.parts.team.has(reader, Role.EDITOR) else None


def who(context: Context, reader: int) -> str:
    """Return what to call somebody of the desk."""
    return context.parts.team.name(reader) or named(reader, "")


def whose(context: Context, author: str) -> str:
    """Return what to call an author as revisions and the audit write them."""
    channel, _, reader = author.partition(":")
    return who(context, number_in(reader)) if channel == "telegram" else author
