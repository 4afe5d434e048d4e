"""Inline mode on Telegram: what is offered while somebody types our name in any chat, and what they have sent of it."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.error import BadRequest, Forbidden

from bot.channels.telegram.api import HTML
from bot.channels.telegram.incoming import from_inline
from bot.channels.telegram.sender import UNCHANGED, UNPARSED, as_html_or_plain
from bot.channels.telegram.updates import ChosenInlineResult, InlineQuery
from bot.commands import cards
from bot.commands.inline import InlineResult, Offered
from bot.commands.router import Router
from bot.rendering.labels import Labels
from bot.rendering.limits import LABEL_LIMIT, clipped, visible
from bot.rendering.reply import Rows

_LOG: Final = logging.getLogger(__name__)
_CACHE: Final = 30  # seconds Telegram may give one answer to all who type the same: answers change
_PATIENCE: Final = 5.0  # seconds; the query expires soon after, and whoever types on asks anew
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_TOO_OLD: Final = "query is too old"


async def answer_query(bot: Bot, router: Router, labels: Labels, query: InlineQuery, now: datetime) -> None:
    """Offer what the words find, once: trying again would answer a query that its person has typed past.

    Raises python-telegram-bot's errors, except that the query is too old, which is nobody's fault.
    """
    request = from_inline(query.from_, query.query, bot.bot, now)
    offered = await router.offer(request, query.offset)
    empty = not offered.results and not query.offset
    button = InlineQueryResultsButton(labels.nothing_found, start_parameter=cards.ASK) if empty else None
    try:
        try:
            await _answer(bot, query, offered, button, HTML)
        except BadRequest as error:
            if UNPARSED not in error.message.lower():
                raise
            _LOG.error("Telegram could not parse our HTML, so it is offered plain: %s", error.message)
            await _answer(bot, query, offered, button, None)
    except BadRequest as error:
        if _TOO_OLD not in error.message.lower():
            raise
        _LOG.info("An inline query could not be answered: %s", error.message)


async def note_chosen(bot: Bot, router: Router, chosen: ChosenInlineResult, now: datetime) -> None:
    """Note in the ledger what a sent result told; mend the message where it was made before the last publication.

    Raises python-telegram-bot's errors.
    """
    if not chosen.inline_message_id:
        return
    request = from_inline(chosen.from_, "", bot.bot, now)
    message = await router.chosen(request, chosen.result_id, chosen.inline_message_id)
    if message is None:
        return

    async def edit(text: str, mode: str | None) -> None:
        await bot.edit_message_text(
            text,
            inline_message_id=chosen.inline_message_id,
            parse_mode=mode,
            reply_markup=_keyboard(message.buttons),
            link_preview_options=_NO_PREVIEW,
        )

    try:
        await as_html_or_plain(message.html, edit)
    except Forbidden as error:
        # Said of a chat that is not ours to know; the person's own chat with us is as it was.
        _LOG.info("A message sent through inline mode could not be mended: %s", error.message)
    except BadRequest as error:
        if UNCHANGED not in error.message.lower():
            raise


async def _answer(
    bot: Bot, query: InlineQuery, offered: Offered, button: InlineQueryResultsButton | None, mode: str | None
) -> None:
    await bot.answer_inline_query(
        query.id,
        _articles(offered.results, mode),
        cache_time=_CACHE,
        is_personal=False,
        next_offset=offered.next_offset,
        button=button,
        read_timeout=_PATIENCE,
    )


def _articles(results: Sequence[InlineResult], mode: str | None) -> list[InlineQueryResultArticle]:
    return [
        InlineQueryResultArticle(
            result.id,
            result.title,
            InputTextMessageContent(
                result.html if mode else visible(result.html), parse_mode=mode, link_preview_options=_NO_PREVIEW
            ),
            reply_markup=_keyboard(result.buttons),
            description=result.preview,
        )
        for result in results
    ]


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return the buttons, which are links: whoever presses them in a chat that we are not in comes to us."""
    shown = [[InlineKeyboardButton(clipped(item.label, LABEL_LIMIT), url=item.url) for item in row] for row in rows]
    return InlineKeyboardMarkup(shown) if shown else None
