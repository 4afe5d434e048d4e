"""The handler: one update taken in, answered, and struck out of the inbox."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from telegram import Bot
from telegram.error import ChatMigrated, Forbidden, TelegramError

from bot.channels.telegram.fetching import fetch
from bot.channels.telegram.incoming import Incoming, from_button, from_message
from bot.channels.telegram.inline import answer_query, note_chosen
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.standing import with_standing
from bot.channels.telegram.updates import CallbackQuery, ChatMemberUpdated, Document, InlineQuery, Message, Update
from bot.commands.router import Router
from bot.errors import StorageError
from bot.rendering.engine import Templates
from bot.services.buttons import Buttons
from bot.services.delivery import Delivery
from bot.services.inbox import Inbox
from bot.services.moving import move_chat
from bot.services.team import Team
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
    delivery: Delivery
    owed: asyncio.Event
    team: Team


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
            return Update.read(taken.body)
        except Exception:  # noqa: BLE001 - what cannot be read fails in ways nobody lists; the next one is read all the same
            _LOG.exception("Update %d could not be read and was skipped.", taken.update_id)
            return None

    async def handle(self, update_id: int, update: Update | None) -> None:
        """Answer the update and strike it out. Cancelled before that, it stays in the inbox for the next start."""
        try:
            if update:
                await self._by_kind(update)
        except Forbidden as error:
            _LOG.info("Update %d has nobody left to answer: %s", update_id, error.message)
            if update and update.chat:
                await self._gone(update.chat.id, error.message)
        except TelegramError as error:
            _LOG.error("Update %d could not be answered: %s", update_id, error.message)
        except StorageError as error:
            _LOG.error("Update %d could not be answered: %s", update_id, error)
        except Exception:  # noqa: BLE001 - logged; kept in the inbox it would fail at every start
            _LOG.exception("Update %d could not be answered.", update_id)
        await self._strike(update_id)

    async def _by_kind(self, update: Update) -> None:
        if update.callback_query:
            await self._pressed(update.callback_query)
        elif message := update.message or update.channel_post:
            await self._said(message)
        elif update.inline_query:
            await self._offer(update.inline_query)
        elif update.chosen_inline_result:
            await note_chosen(self.bot, self.house.router, update.chosen_inline_result, self.clock())
        elif update.my_chat_member:
            await self._standing(update.my_chat_member)

    async def _strike(self, update_id: int) -> None:
        try:
            await self.house.inbox.strike(update_id)
        except StorageError as error:
            _LOG.warning("Update %d is answered but may be answered again after a restart: %s", update_id, error)

    async def _standing(self, changed: ChatMemberUpdated) -> None:
        """Note that a person has blocked or unblocked us, or that a group has thrown us out."""
        if changed.out:
            await self._gone(changed.chat.id, "blocked")
        else:
            await self._back(changed.chat.id)

    async def _gone(self, chat: int, reason: str) -> None:
        """Stop what is owed to the chat. A failure is logged: the next delivery finds the same."""
        try:
            await self.house.delivery.unreachable(chat, reason, self.clock())
        except StorageError as error:
            _LOG.warning("That chat %d is gone could not be noted: %s", chat, error)

    async def _back(self, chat: int) -> None:
        """Deliver to the chat again. A failure is logged: it must not cost the reader the answer."""
        try:
            await self.house.delivery.back(chat, self.clock())
        except StorageError as error:
            _LOG.warning("That chat %d is back could not be noted: %s", chat, error)

    async def _said(self, message: Message) -> None:
        await self._back(message.chat.id)
        if message.migrate_to_chat_id:
            await move_chat(self.house.database, self.house.topics, message.chat.id, message.migrate_to_chat_id)
            return
        incoming = await from_message(message, self.bot.bot, self.house.router.expects_reply, self.clock())
        if incoming:
            await self._answer(await self._with_file(incoming, message.document))

    async def _with_file(self, incoming: Incoming, document: Document | None) -> Incoming:
        """Fetch the file that came along, where it is wanted of this person."""
        request = incoming.request
        if document is None or request is None or not await self.house.router.takes_file(request):
            return incoming
        return replace(incoming, request=replace(request, attachment=await fetch(self.bot, document)))

    async def _pressed(self, query: CallbackQuery) -> None:
        incoming = await from_button(query, self.bot.bot, self.house.buttons, self.clock())
        if incoming is None or incoming.request is None:
            expired = self.house.templates.labels(query.from_.language_code or "").expired
            await self._answer_button(query, expired if incoming else "")
        elif self.house.router.notifies(incoming.request):
            await self._answer_button(query, (await self.house.router.answer(incoming.request)).notice)
        else:
            await self._answer_button(query, "")
            await self._answer(incoming)

    async def _answer_button(self, query: CallbackQuery, notice: str) -> None:
        """Stop the button's clock, once: it stops by itself soon, and what was pressed is acted upon in any case."""
        try:
            await self.sender.api.answer_button(query.id, notice)
        except TelegramError as error:
            _LOG.info("A button could not be answered: %s", error.message)

    async def _offer(self, query: InlineQuery) -> None:
        labels = self.house.templates.labels(query.from_.language_code or "")
        await answer_query(self.bot, self.house.router, labels, query, self.clock())

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
        if self.house.router.manages(request):
            request = await with_standing(self.bot, request)
        answered = await self.house.router.answer(request)
        placeholder = self.house.templates.labels(request.reader.locale).report_placeholder
        await self.sender.deliver(answered, incoming.place, request.reader.id, placeholder, request.now)


def _moved(incoming: Incoming, chat: int) -> Incoming:
    """Return the same for the chat's new number, where none of the old message numbers mean anything."""
    place = replace(incoming.place, chat=chat, reply_to=None, pressed=None)
    request = incoming.request
    return Incoming(place, request and replace(request, chat=replace(request.chat, id=chat), pressed=None))
