"""The few methods of the Bot API that are called for every answer, called directly: plain values in, a number out.

python-telegram-bot's own methods build an object for each part of a message and of Telegram's answer, of which we use
one number. Everything rarer goes through them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from telegram.error import NetworkError

from bot.channels.telegram.limiter import Limiter, Priority
from bot.channels.telegram.transport import AiohttpTransport

NO_PREVIEW: Final[Mapping[str, object]] = {"is_disabled": True}
HTML: Final = "HTML"


@dataclass(frozen=True, slots=True)
class Api:
    """Calls by the pace that Telegram allows. Every method raises python-telegram-bot's errors.

    What goes to many has connections of its own: a thousand messages a second would have every reply wait for one.
    """

    replies: AiohttpTransport
    broadcasts: AiohttpTransport
    base_url: str
    limiter: Limiter

    async def send_message(  # noqa: PLR0913 - what the method of the Bot API takes
        self,
        chat: int,
        text: str,
        *,
        mode: str | None = HTML,
        markup: Mapping[str, object] | None = None,
        topic: int | None = None,
        reply_to: int | None = None,
        priority: Priority = Priority.REPLY,
        paid: bool = False,
    ) -> int:
        """Send a text; returns the message's number. One that is `paid` costs Stars and goes under the wider limit."""
        parameters: dict[str, object] = {"chat_id": chat, "text": text, "link_preview_options": NO_PREVIEW}
        if mode:
            parameters["parse_mode"] = mode
        if markup:
            parameters["reply_markup"] = markup
        if topic is not None:
            parameters["message_thread_id"] = topic
        if reply_to is not None:
            parameters["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        if paid:
            parameters["allow_paid_broadcast"] = True
        sent = await self.limiter.through(
            chat, priority, lambda: self._call("sendMessage", parameters, priority), paid=paid
        )
        return _number(sent)

    async def edit_text(
        self,
        chat: int,
        message: int | None,
        text: str,
        *,
        inline_message: str | None = None,
        mode: str | None = HTML,
        markup: Mapping[str, object] | None = None,
        priority: Priority = Priority.REPLY,
    ) -> None:
        """Put the text in the place of a message's, or of one that was sent through inline mode."""
        parameters = {"text": text, "link_preview_options": NO_PREVIEW}
        await self._edit("editMessageText", parameters, _where(chat, message, inline_message), mode, markup, priority)

    async def edit_caption(
        self,
        chat: int,
        message: int | None,
        text: str,
        *,
        inline_message: str | None = None,
        mode: str | None = HTML,
        markup: Mapping[str, object] | None = None,
        priority: Priority = Priority.REPLY,
    ) -> None:
        """Put the text below the picture or the file of a message."""
        where = _where(chat, message, inline_message)
        await self._edit("editMessageCaption", {"caption": text}, where, mode, markup, priority)

    async def answer_button(self, query: str, notice: str = "") -> None:
        """Stop a pressed button's clock, with a notice over it where there is one."""
        parameters = {"callback_query_id": query, "text": notice} if notice else {"callback_query_id": query}
        await self._call("answerCallbackQuery", parameters, Priority.REPLY)

    async def _edit(
        self,
        method: str,
        parameters: Mapping[str, object],
        where: Mapping[str, object],
        mode: str | None,
        markup: Mapping[str, object] | None,
        priority: Priority,
    ) -> None:
        changed = {**parameters, **where}
        if mode:
            changed["parse_mode"] = mode
        if markup:
            changed["reply_markup"] = markup
        chat = where.get("chat_id")
        number = chat if isinstance(chat, int) else 0  # no chat that we know of: it counts towards the whole alone
        await self.limiter.through(number, priority, lambda: self._call(method, changed, priority))

    async def _call(self, method: str, parameters: Mapping[str, object], priority: Priority) -> object:
        transport = self.broadcasts if priority is Priority.BROADCAST else self.replies
        return await transport.call(f"{self.base_url}/{method}", parameters)


def _number(sent: object) -> int:
    number = sent.get("message_id") if isinstance(sent, dict) else None
    if not isinstance(number, int):
        raise NetworkError("Telegram's answer holds no message")
    return number


def _where(chat: int, message: int | None, inline_message: str | None) -> Mapping[str, object]:
    return {"inline_message_id": inline_message} if inline_message else {"chat_id": chat, "message_id": message}
