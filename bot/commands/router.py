"""The router: finds the command, runs it, splits what is too long, and notes in the ledger what is about to be told."""

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz.process import extractOne

from bot.commands.answer import show_answer
from bot.commands.context import Context, Parts
from bot.commands.registry import COMMANDS
from bot.commands.report import PROMPT
from bot.commands.request import Request
from bot.errors import ParleyError
from bot.rendering.limits import split
from bot.rendering.pages import EmptyPage, FailurePage, UnknownCommandPage, UnrecordedPage
from bot.rendering.reply import Button, Message, Reply
from bot.storage.ledger import Telling

_LOG: Final = logging.getLogger(__name__)
_NEAREST: Final = 50  # of 100; below that no command is near enough to be offered
_BY_NAME: Final = {command.name: command for command in COMMANDS}


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to be sent, and the ledger's entry to confirm once it is; None where it tells nothing to correct."""

    message: Message
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a channel does for a request: send the messages (the first in place of the pressed one, if it `turns`)."""

    owed: tuple[Owed, ...]
    notice: str = ""
    turns: bool = False


class Router:
    """Answers requests. Whatever fails inside, the reader gets a reply and the log the reason."""

    def __init__(self, parts: Parts) -> None:
        """Keep the parts that commands use."""
        self._parts: Final = parts

    async def answer(self, request: Request) -> Answered:
        """Return what to send for the request, already in the ledger where it tells something."""
        reply = await self.reply(request)
        owed = [await self._enter(request, part) for message in reply.messages for part in _parts(message)]
        return Answered(tuple(owed), reply.notice, reply.turns)

    async def expects_reply(self, chat: int, message: int) -> bool:
        """Return whether that message of ours asked for a reply."""
        told = await self._parts.ledger.told(chat, message)
        return told is not None and told.line.startswith(PROMPT)

    def notifies(self, request: Request) -> bool:
        """Return whether the request is answered by a notice over its button rather than by a message."""
        command = _BY_NAME.get(request.command)
        return command is not None and command.notifies

    async def reply(self, request: Request) -> Reply:
        """Return the reply to the request, without noting anything in the ledger."""
        context = Context(request, self._parts.catalogue.current, self._parts)
        try:
            return await self._run(context)
        except Exception as error:  # noqa: BLE001 - the last line: the reader is owed a word whatever happened
            return self._failed(context, error)

    async def _run(self, context: Context) -> Reply:
        context = await self._read_as_report(context)
        name, snapshot = context.request.command, context.snapshot
        command = _BY_NAME.get(name or "ask")
        if command is None and name in snapshot.by_command:
            return await show_answer(context, snapshot.by_command[name])
        if command is None:
            return self._unknown(context)
        if snapshot.empty and not command.empty:
            return context.reply(EmptyPage())
        return await command.handler(context)

    async def _read_as_report(self, context: Context) -> Context:
        """Plain words in reply to the message that asked what is wrong are a report."""
        request = context.request
        if request.command or request.replied_to is None:
            return context
        told = await self._parts.ledger.told(request.chat.id, request.replied_to)
        if told and told.line.startswith(PROMPT):
            return replace(context, request=replace(request, command="report"))
        return context

    def _unknown(self, context: Context) -> Reply:
        names = [command.name for command in COMMANDS if command.listed] + list(context.snapshot.by_command)
        match = extractOne(context.request.command, names, score_cutoff=_NEAREST)
        nearest = match[0] if match else ""
        buttons = ((Button(f"/{nearest}", f"/{nearest}"),),) if nearest else ()
        return context.reply(UnknownCommandPage(context.request.command, nearest), buttons)

    def _failed(self, context: Context, error: Exception) -> Reply:
        reference = secrets.token_hex(4)
        name = context.request.command or "ask"
        _LOG.error("Failure %s in /%s: %s", reference, name, error, exc_info=error)
        self._parts.alarm.ring(f"{type(error).__name__} in /{name}", reference, context.request.now)
        key = error.key if isinstance(error, ParleyError) else ParleyError.key
        try:
            return context.reply(FailurePage(key, reference))
        except ParleyError:  # the templates themselves fail; it is in the log, and a bare number is better than silence
            return Reply((Message(f"! {reference}"),))

    async def _enter(self, request: Request, message: Message) -> Owed:
        if not message.line:
            return Owed(message)
        locale = self._parts.templates.locale(request.reader.locale)
        entry = await self._parts.ledger.enter(
            Telling(request.now, request.chat.id, message.line, locale, message.tells)
        )
        if entry is None and message.tells:
            self._parts.alarm.ring("The ledger took no entry", "in the log at this time", request.now)
            note = self._parts.templates.render(UnrecordedPage(), locale)
            return Owed(replace(message, html=f"{message.html}\n\n{note}"))
        return Owed(message, entry)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the message in as many as its length takes; the buttons stand below the last."""
    texts = split(message.html)
    for number, text in enumerate(texts, 1):
        last = number == len(texts)
        yield replace(message, html=text, buttons=message.buttons if last else (), asks=message.asks and last)
