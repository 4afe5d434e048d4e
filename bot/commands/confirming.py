"""Asking for a confirmation: a message whose buttons stand for one token, good once and for one person."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.commands.context import Context
from bot.rendering.pages.page import Page
from bot.rendering.reply import Button, Message
from bot.storage.confirmations import Pending

NO: Final = "no"


def preview(message: Message) -> Message:
    """Return the message as it would be read, told to nobody yet: not for the ledger, and without its buttons.

    They would act on what is published now rather than on what is previewed.
    """
    return replace(message, buttons=(), tells=(), line="")


async def asking(context: Context, page: Page, pending: Pending, choices: Sequence[tuple[str, str]] = ()) -> Message:
    """Return the question with a button for each choice (label, word), or one that says yes, and one that says no."""
    token = await context.parts.confirmations.ask(context.request.reader.id, pending, context.request.now)
    labels = context.labels
    offered = choices or ((labels.confirm, "yes"),)
    rows = tuple((Button(label, f"/confirm {token} {word}"),) for label, word in offered)
    return context.message(page, (*rows, (Button(labels.cancel, f"/confirm {token} {NO}"),)))
