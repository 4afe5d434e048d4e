"""The sender: messages become calls to the Bot API."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final, Protocol, TypeVar

from telegram import ForceReply, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.channels.telegram.api import HTML, Api
from bot.channels.telegram.incoming import Place
from bot.channels.telegram.limiter import Priority
from bot.channels.telegram.persistence import until_through
from bot.commands.router import Answered, Owed
from bot.errors import StorageError
from bot.rendering.limits import CAPTION_LIMIT, LABEL_LIMIT, clipped, visible
from bot.rendering.reply import Message, Rows
from bot.services.buttons import Buttons, fits
from bot.services.ledger import Ledger
from bot.storage.ledger import Confirmed, Entry

T = TypeVar("T")


class Through(Protocol):
    """How often a call is made: `until_through`, or once."""

    async def __call__(self, call: Callable[[], Awaitable[T]], /) -> T:
        """Return what the call returns."""


_LOG: Final = logging.getLogger(__name__)
# Telegram's words for an edit that would change nothing: the reader pressed twice, which is no error.
UNCHANGED: Final = "message is not modified"
UNPARSED: Final = "can't parse entities"
_NO_TEXT: Final = "there is no text in the message to edit"
_PICTURE_NAME: Final = "parley.png"


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends what is owed and confirms it in the ledger, each message once Telegram has taken it."""

    bot: ExtBot[Priority]
    api: Api
    buttons: Buttons
    ledger: Ledger
    paid: bool = False  # broadcasts go under the wider limit and cost Stars

    async def deliver(self, answered: Answered, place: Place, reader: int, placeholder: str, now: datetime) -> None:
        """Send the messages in order, the first in place of the pressed one where the answer turns a page.

        Raises python-telegram-bot's errors; what was sent before one is confirmed.
        """
        owed = list(answered.owed)
        # A picture stands in for a picture and a text for a text; the one asked for beside the other comes below it.
        alike = bool(owed) and bool(owed[0].message.picture) == place.pictured
        if answered.turns and place.pressed is not None and alike:
            await self._turn(owed.pop(0), place, place.pressed, reader, now)
        for place_in_reply, item in enumerate(owed):
            asks = placeholder if item.message.asks else ""
            number = await self._send(item, place, reader, asks, now, first=place_in_reply == 0)
            if item.entry is not None:
                await self.ledger.confirm(item.entry, number)

    async def broadcast(self, answered: Answered, chat: int, now: datetime) -> tuple[Confirmed, ...]:
        """Send the messages behind all replies, each tried once; returns which of the ledger's entries became which.

        Raises python-telegram-bot's errors: whoever sends to many has no time to wait for one.
        """
        confirmed = []
        for item in answered.owed:
            number = await self._send(
                item, Place(chat), chat, "", now, first=False, priority=Priority.BROADCAST, through=_once
            )
            confirmed.append(Confirmed(item.entry or 0, number))
        return tuple(confirmed)

    async def edit(self, message: Message, entry: Entry, reader: int, now: datetime) -> None:
        """Put the message in the place of the one that the entry names, behind all replies; once, as `broadcast` does.

        A picture takes the place of the old one; whatever else came with a text keeps it and has its caption changed.
        Raises python-telegram-bot's errors, except that nothing has changed.
        """
        markup = await self.keyboard(message.buttons, reader, now)

        async def text(html: str, mode: str | None) -> None:
            await self.api.edit_text(
                entry.chat,
                entry.message,
                html,
                inline_message=entry.inline_message,
                mode=mode,
                markup=markup,
                priority=Priority.BROADCAST,
            )

        async def caption(html: str, mode: str | None) -> None:
            await self.api.edit_caption(
                entry.chat,
                entry.message,
                html,
                inline_message=entry.inline_message,
                mode=mode,
                markup=markup,
                priority=Priority.BROADCAST,
            )

        async def picture(html: str, mode: str | None) -> None:
            await self._show_picture(message, entry.chat, entry.message, markup, html, mode, Priority.BROADCAST)

        try:
            if message.picture:
                await as_html_or_plain(_as_caption(message.html), picture, _once)
                return
            try:
                await as_html_or_plain(message.html, text, _once)
            except BadRequest as error:
                if _NO_TEXT not in error.message.lower():
                    raise
                await as_html_or_plain(_as_caption(message.html), caption, _once)
        except BadRequest as error:
            if UNCHANGED not in error.message.lower():
                raise

    async def _turn(self, owed: Owed, place: Place, pressed: int, reader: int, now: datetime) -> None:
        message = owed.message
        markup = await self.keyboard(message.buttons, reader, now)

        async def edit(text: str, mode: str | None) -> None:
            if message.picture:
                await self._show_picture(message, place.chat, pressed, markup, text, mode, Priority.REPLY)
                return
            await self.api.edit_text(place.chat, pressed, text, mode=mode, markup=markup)

        try:
            await as_html_or_plain(message.html, edit)
        except BadRequest as error:
            if UNCHANGED in error.message.lower():
                return
            _LOG.info("A page could not be turned in place and is sent anew: %s", error.message)
            pressed = await self._send(owed, place, reader, "", now, first=False)
        if owed.entry is not None:
            await self.ledger.confirm(owed.entry, pressed)

    async def _show_picture(
        self,
        message: Message,
        chat: int,
        number: int | None,
        markup: Mapping[str, object] | None,
        text: str,
        mode: str | None,
        priority: Priority,
    ) -> None:
        assert message.picture is not None  # noqa: S101 - for the type
        await self.bot.edit_message_media(
            InputMediaPhoto(message.picture, text, parse_mode=mode, filename=_PICTURE_NAME),
            chat,
            number,
            reply_markup=InlineKeyboardMarkup.de_json(dict(markup), None) if markup else None,
            rate_limit_args=priority,
        )

    async def _send(  # noqa: PLR0913 - all of it says how this one message goes out
        self,
        owed: Owed,
        place: Place,
        reader: int,
        placeholder: str,
        now: datetime,
        *,
        first: bool,
        priority: Priority = Priority.REPLY,
        through: Through = until_through,
    ) -> int:
        message = owed.message
        markup = await self.keyboard(message.buttons, reader, now)
        if message.asks and (place.chat > 0 or place.reply_to):
            # In a group it would address everybody, unless it replies to the person's own message.
            markup = ForceReply(selective=True, input_field_placeholder=placeholder or None).to_dict()
        reply_to = (place.reply_to or (place.pressed if message.asks else None)) if first else None

        async def send(text: str, mode: str | None) -> int:
            if message.picture:
                sent = await self.bot.send_photo(
                    place.chat,
                    message.picture,
                    filename=_PICTURE_NAME,
                    caption=text,
                    parse_mode=mode,
                    message_thread_id=place.topic,
                    reply_markup=InlineKeyboardMarkup.de_json(dict(markup), None) if markup else None,
                    reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
                    rate_limit_args=priority,
                )
                return sent.message_id
            if message.document:
                sent = await self.bot.send_document(
                    place.chat,
                    message.document.data,
                    filename=message.document.name,
                    caption=text,
                    parse_mode=mode,
                    message_thread_id=place.topic,
                    reply_markup=InlineKeyboardMarkup.de_json(dict(markup), None) if markup else None,
                    reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
                    rate_limit_args=priority,
                )
                return sent.message_id
            return await self.api.send_message(
                place.chat,
                text,
                mode=mode,
                markup=markup,
                topic=place.topic,
                reply_to=reply_to,
                priority=priority,
                paid=self.paid and priority is Priority.BROADCAST,
            )

        return await as_html_or_plain(message.html, send, through)

    async def _token(self, line: str, reader: int, now: datetime) -> str:
        """Return what stands for the line; "" where it cannot be kept: better one button less than no answer."""
        try:
            return await self.buttons.data_for(line, reader, now)
        except StorageError as error:
            _LOG.error("A button is left out: %s", error)
            return ""

    async def keyboard(self, rows: Rows, reader: int, now: datetime) -> Mapping[str, object] | None:
        """Return the buttons as Telegram's inline keyboard; None where there are none."""
        keyboard: list[list[Mapping[str, str]]] = []
        for row in rows:
            shown: list[Mapping[str, str]] = []
            for button in row:
                label = clipped(button.label, LABEL_LIMIT)
                if button.url:
                    shown.append({"text": label, "url": button.url})
                elif data := button.line if fits(button.line) else await self._token(button.line, reader, now):
                    shown.append({"text": label, "callback_data": data})
            if shown:
                keyboard.append(shown)
        return {"inline_keyboard": keyboard} if keyboard else None


def _as_caption(html: str) -> str:
    """Return the text as it stands below a picture or a file: whole where it fits, else its words, clipped."""
    fits = len(visible(html)) <= CAPTION_LIMIT
    return html if fits else escape(clipped(visible(html), CAPTION_LIMIT))


async def _once(call: Callable[[], Awaitable[T]]) -> T:
    return await call()


async def as_html_or_plain(
    html: str, call: Callable[[str, str | None], Awaitable[T]], through: Through = until_through
) -> T:
    """Return what `call` returns for the HTML, or for the plain text where Telegram cannot parse our HTML."""
    try:
        return await through(lambda: call(html, HTML))
    except BadRequest as error:
        if UNPARSED not in error.message.lower():
            raise
        _LOG.error("Telegram could not parse our HTML, so it is sent plain: %s", error.message)
    return await through(lambda: call(visible(html), None))
