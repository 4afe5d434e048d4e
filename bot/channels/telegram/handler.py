"""The handler: one update taken in, answered, and struck out of the inbox."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.telegram.incoming import Incoming, from_button, from_message
from bot.channels.telegram.persistence import until_through
from bot.channels.telegram.sender import Sender
from bot.commands.router import Router
from bot.errors import StorageError
from bot.rendering.engine import Templates
from bot.services.buttons import Buttons
from bot.services.inbox import Inbox
from bot.services.moving import move_chat
from bot.services.topics import Topics
from bot.storage.database import Database
from bot.storage.inbox import Taken

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What handling an update needs of the house."""

    database: Database
    router: Router
    buttons: Buttons
    inbox: Inbox
    topics: Topics
    templates: Templates


@dataclass(frozen=True, slots=True)
class Handler:
    """Answers updates. One that fails is logged and struck out: answering it again would fail again."""

    bot: Bot
    house: House
    sender: Sender
    clock: Callable[[], datetime]

    def read(self, taken: Taken) -> Update | None:
        """Return the update; None where it cannot be read, which is logged."""
        try:
            return Update.de_json(json.loads(taken.body), self.bot)
        except Exception:  # noqa: BLE001 - what cannot be read fails in ways nobody lists; the next one is read all the same
            _LOG.exception("Update %d could not be read and was skipped.", taken.update_id)
            return None

    async def handle(self, update_id: int, update: Update | None) -> None:
        """Answer the update and strike it out. Cancelled before that, it stays in the inbox for the next start."""
        try:
            if update and update.callback_query:
                await self._pressed(update.callback_query)
            elif update and update.message:
                await self._said(update.message)
        except Forbidden as error:
            _LOG.info("Update %d has nobody left to answer: %s", update_id, error.message)
        except TelegramError as error:
            _LOG.error("Update %d could not be answered: %s", update_id, error.message)
        except StorageError as error:
            _LOG.error("Update %d could not be answered: %s", update_id, error)
        await self._strike(update_id)

    async def _strike(self, update_id: int) -> None:
        try:
            await self.house.inbox.strike(update_id)
        except StorageError as error:
            _LOG.warning("Update %d is answered but may be answered again after a restart: %s", update_id, error)

    async def _said(self, message: Message) -> None:
        if message.migrate_to_chat_id:
            await move_chat(self.house.database, self.house.topics, message.chat.id, message.migrate_to_chat_id)
            return
        incoming = await from_message(message, self.bot.bot, self.house.router.expects_reply, self.clock())
        if incoming:
            await self._answer(incoming)

    async def _pressed(self, query: CallbackQuery) -> None:
        incoming = await from_button(query, self.bot.bot, self.house.buttons, self.clock())
        if incoming is None or incoming.request is None:
            expired = self.house.templates.labels(query.from_user.language_code or "").expired
            await _answer_button(query, expired if incoming else "")
        elif self.house.router.notifies(incoming.request):
            await _answer_button(query, (await self.house.router.answer(incoming.request)).notice)
        else:
            await _answer_button(query, "")
            await self._answer(incoming)

    async def _answer(self, incoming: Incoming) -> None:
        try:
            await self._deliver(incoming)
        except ChatMigrated as error:
            await move_chat(self.house.database, self.house.topics, incoming.place.chat, error.new_chat_id)
            await self._deliver(_moved(incoming, error.new_chat_id))

    async def _deliver(self, incoming: Incoming) -> None:
        request = incoming.request
        if request is None:
            return
        answered = await self.house.router.answer(request)
        placeholder = self.house.templates.labels(request.reader.locale).report_placeholder
        await self.sender.deliver(answered, incoming.place, request.reader.id, placeholder, request.now)


def _moved(incoming: Incoming, chat: int) -> Incoming:
    """Return the same for the chat's new number, where none of the old message numbers mean anything."""
    place = replace(incoming.place, chat=chat, reply_to=None, pressed=None)
    request = incoming.request
    return Incoming(place, request and replace(request, chat=replace(request.chat, id=chat), pressed=None))


async def _answer_button(query: CallbackQuery, notice: str) -> None:
    """Stop the button's clock. One that is too old to be answered is still acted upon."""
    try:
        await until_through(lambda: query.answer(notice or None))
    except BadRequest as error:
        _LOG.info("A button could not be answered: %s", error.message)
