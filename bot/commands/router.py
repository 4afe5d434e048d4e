"""The router: finds the command, runs it, splits what is too long, and notes in the ledger what is about to be told."""

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz.process import extractOne

from bot.catalogue.snapshot import Snapshot
from bot.commands.answer import show_answer
from bot.commands.command import Command
from bot.commands.context import NOTHING, Context, Parts
from bot.commands.inline import Offered, ResultId, offer, sent
from bot.commands.kept import Kept
from bot.commands.registry import COMMANDS
from bot.commands.report import PROMPT
from bot.commands.request import ChatKind, Request
from bot.errors import ParleyError
from bot.rendering.limits import split
from bot.rendering.pages.desk import DeskPage
from bot.rendering.pages.trouble import EmptyPage, FailurePage, UnknownCommandPage, UnrecordedPage
from bot.rendering.reply import Button, Message, Reply
from bot.storage.ledger import Telling

_LOG: Final = logging.getLogger(__name__)
_NEAREST: Final = 70  # of 100; below that no command is near enough to be offered
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
        self._kept: Final = Kept()

    async def answer(self, request: Request) -> Answered:
        """Return what to send for the request, already in the ledger where it tells something."""
        reply = await self.reply(request)
        owed = [await self._enter(request, part) for message in reply.messages for part in _parts(message)]
        return Answered(tuple(owed), reply.notice, reply.turns)

    async def made(self, request: Request, snapshot: Snapshot | None = None, head: str = "") -> tuple[Message, ...]:
        """Return the messages that the request's command line makes, by another snapshot than today's if one is given.

        With a `head` above the first.

        Nothing is noted in the ledger. Raises what fails: an apology must not go out in the place of what is owed.
        """
        context = Context(request, snapshot or self._parts.catalogue.current, self._parts)
        reply = await self._run(context, owed=True)
        messages = list(reply.messages)
        if head and messages:
            messages[0] = replace(messages[0], html=f"{head}\n\n{messages[0].html}")
        return tuple(part for message in messages for part in _parts(message))

    async def tell(self, request: Request, messages: Sequence[Message]) -> Answered:
        """Return messages that nobody asked for, noted in the ledger for the chat that is about to get them."""
        return Answered(tuple([await self._enter(request, message) for message in messages]))

    async def takes_file(self, request: Request) -> bool:
        """Return whether a file that comes with the request is wanted; any other is not even fetched."""
        upload = _BY_NAME["upload"]
        return request.command in {"", upload.name} and await self._may(request, upload)

    async def offer(self, request: Request, offset: str) -> Offered:
        """Return what inline mode offers for the words of the request; nothing where that fails, which is logged."""
        context = Context(request, self._parts.catalogue.current, self._parts)
        try:
            return await offer(context, offset)
        except Exception as error:  # noqa: BLE001 - as in `reply`
            self._note_failure(context, error, "inline")
            return Offered()

    async def chosen(self, request: Request, result: str, inline_message: str) -> Message | None:
        """Note in the ledger what a result told that a reader has sent.

        Returns what the message must be changed to: where something was published since it was made, and where the
        ledger could not take it; None where it may stay, for a result that we did not make, and where this fails,
        which is logged.
        """
        made = ResultId.parse(result)
        if made is None:
            return None
        request = replace(request, reader=replace(request.reader, locale=made.locale))
        context = Context(request, self._parts.catalogue.current, self._parts)
        try:
            message = sent(context, made.payload)
        except Exception as error:  # noqa: BLE001 - as in `reply`
            self._note_failure(context, error, "inline")
            return None
        owed = await self._enter(request, message, inline_message)
        outdated = made.publication != context.snapshot.number
        return owed.message if outdated or owed.message is not message else None

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

    async def _run(self, context: Context, *, owed: bool = False) -> Reply:
        """Return the reply; what the house has `owed` to the desk's own chat takes no role."""
        context = await self._read_as_report(context)
        name, snapshot = context.request.command, context.snapshot
        if context.request.attachment and not name:
            name = "upload"
        elif not name and context.role:
            name = await self._dialogue(context)
        command = _BY_NAME.get(name or "ask")
        if command and not await self._may(context.request, command, owed=owed):
            command = None
        if command is None and name in snapshot.by_command:
            return await self._kept.reply(context, lambda: show_answer(context, snapshot.by_command[name]))
        if command is None:
            return self._unknown(context)
        if command.role and context.request.command and context.request.forwarded:
            return context.reply(DeskPage("forwarded"))  # else whoever wrote it would act with an editor's hands
        if snapshot.empty and not command.empty:
            return context.reply(EmptyPage())
        handler = command.handler
        reply = await (self._kept.reply(context, lambda: handler(context)) if command.reads else handler(context))
        if not (reply.messages or context.request.pressed):
            return self._unknown(context)  # typed by hand what only stands behind buttons
        return reply

    async def _dialogue(self, context: Context) -> str:
        """Return the command that takes what somebody types while they are writing a draft, "" for everybody else."""
        found = await self._parts.drafts.dialogue(context.request.reader.id)
        return "typed" if found else ""

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
        if not context.request.named:
            return NOTHING  # most likely another bot's command
        names = [*context.labels.menu_for(context.role), *context.snapshot.by_command]
        match = extractOne(context.request.command, names, score_cutoff=_NEAREST)
        nearest = match[0] if match else ""
        buttons = ((Button(f"/{nearest}", f"/{nearest}"),),) if nearest else ()
        return context.reply(UnknownCommandPage(context.request.command, nearest), buttons)

    async def _may(self, request: Request, command: Command, *, owed: bool = False) -> bool:
        """Say whether the command is there for whoever asks: the one place where roles are checked."""
        if command.role is None:
            return True
        at_desk = command.in_desk_chat and request.chat.id == self._parts.desk_chat
        if at_desk and owed:
            return True
        here = request.chat.kind is ChatKind.PRIVATE or (at_desk and request.pressed is not None)
        return here and await self._parts.team.has(request.reader.id, command.role)

    def _failed(self, context: Context, error: Exception) -> Reply:
        reference = self._note_failure(context, error, context.request.command or "ask")
        key = error.key if isinstance(error, ParleyError) else ParleyError.key
        try:
            return context.reply(FailurePage(key, reference))
        except ParleyError:  # the templates themselves fail; it is in the log, and a bare number is better than silence
            return Reply((Message(f"! {reference}"),))

    def _note_failure(self, context: Context, error: Exception, name: str) -> str:
        """Log and alert; returns the number that reader, log and alert share."""
        reference = secrets.token_hex(4)
        _LOG.error("Failure %s in /%s: %s", reference, name, error, exc_info=error)
        self._parts.alarm.ring(f"{type(error).__name__} in /{name}", reference, context.request.now)
        return reference

    async def _enter(self, request: Request, message: Message, inline_message: str | None = None) -> Owed:
        if not message.line:
            return Owed(message)
        locale = self._parts.templates.locale(request.reader.locale)
        entry = await self._parts.ledger.enter(
            Telling(request.now, request.chat.id, message.line, locale, message.tells, inline_message, message.part)
        )
        if entry is None and message.tells:
            self._parts.alarm.ring("The ledger took no entry", "in the log at this time", request.now)
            note = self._parts.templates.render(UnrecordedPage(), locale)
            return Owed(replace(message, html=f"{message.html}\n\n{note}"))
        return Owed(message, entry)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the message in as many as its length takes; the buttons stand below the last."""
    texts = split(message.html)
    for number, text in enumerate(texts):
        last = number == len(texts) - 1
        whole = replace(message, html=text, part=number)
        yield whole if last else replace(whole, buttons=(), asks=False, document=None)
