"""Progress: while something goes out to many, the desk sees how it gets on in one message, edited in place."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.limiter import Priority
from bot.channels.telegram.sender import UNCHANGED, Sender
from bot.commands.outbox import steering
from bot.errors import StorageError
from bot.rendering.engine import DEFAULT_LOCALE, Templates
from bot.rendering.pages.desk import OutboxPage
from bot.services.progress import Progresses
from bot.storage.broadcasts import Broadcast
from bot.storage.outbox import Course

_LOG: Final = logging.getLogger(__name__)
_EVERY: Final = 3.0  # seconds; the message counts towards its chat's own limit
_BRIEF: Final = timedelta(seconds=3)  # what is through sooner needs no progress
_AUTHOR: Final = "telegram:"


@dataclass(frozen=True, slots=True)
class ProgressWatch:
    """Tells the desk's chat; without one, whoever wrote the bulletin."""

    progress: Progresses
    templates: Templates
    sender: Sender
    desk_chat: int | None
    clock: Callable[[], datetime]
    _shown: dict[int, str] = field(default_factory=dict)

    async def run(self) -> None:
        """Watch until cancelled. Whatever fails is logged: what goes out does not depend on it."""
        while True:
            try:
                for item in await self.progress.watched():
                    await self._tell(item)
            except StorageError as error:
                _LOG.warning("How deliveries get on could not be read: %s", error)
            except TelegramError as error:
                _LOG.warning("The desk could not be told how deliveries get on: %s", error.message)
            await asyncio.sleep(_EVERY)

    async def _tell(self, item: Broadcast) -> None:
        now, chat = self.clock(), item.progress_chat or self._desk_of(item)
        found = await self.progress.of(item.id, now)
        if chat is None or found is None or (item.progress_message is None and now < item.made + _BRIEF):
            return
        ended = found.broadcast.course in {Course.DONE, Course.STOPPED} and found.filled
        if item.progress_message is None and (ended or not found.waiting):
            return
        html = self.templates.render(OutboxPage((found.shown(now),)), DEFAULT_LOCALE)
        if html != self._shown.get(item.id):
            markup = await self.sender.keyboard(steering(self.templates.labels(DEFAULT_LOCALE), found), chat, now)
            if item.progress_message is None:
                message = await self.sender.api.send_message(chat, html, markup=markup, priority=Priority.BROADCAST)
                await self.progress.show_in(item.id, chat, message)
            else:
                await self._edit(chat, item.progress_message, html, markup)
            self._shown[item.id] = html
        if ended:
            await self.progress.show_in(item.id, None, None)
            self._shown.pop(item.id, None)

    async def _edit(self, chat: int, message: int, html: str, markup: Mapping[str, object] | None) -> None:
        try:
            await self.sender.api.edit_text(chat, message, html, markup=markup, priority=Priority.BROADCAST)
        except BadRequest as error:
            if UNCHANGED not in error.message.lower():
                _LOG.info("The message that tells how deliveries get on is gone: %s", error.message)

    def _desk_of(self, item: Broadcast) -> int | None:
        if self.desk_chat is not None:
            return self.desk_chat
        number = item.author.removeprefix(_AUTHOR)
        return int(number) if item.author.startswith(_AUTHOR) and number.isdigit() else None
