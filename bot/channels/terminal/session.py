"""A session: what one person types, line by line, and what they are shown for it."""

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import Final

from bot.channels.terminal.blocks import Block, parse
from bot.channels.terminal.clean import one_line
from bot.channels.terminal.numbers import Choice, Choices, MessageNumbers, pressed_number
from bot.channels.terminal.sheet import Numbered, NumberedRows, Piece, Screen, Sheet
from bot.commands.context import Parts
from bot.commands.request import Chat, ChatKind, Reader, Request, parse_line
from bot.commands.router import Owed, Router
from bot.rendering.pages.terminal import TerminalPage
from bot.rendering.reply import Rows

READER: Final = Reader(id=0, name="", locale="en")
CHAT: Final = Chat(id=0, kind=ChatKind.TERMINAL)
LEAVING: Final = ("quit", "exit")
# More are never needed for one thing asked. The router cuts longer lines too; here nothing of them is even cleaned.
_LONGEST: Final = 20_000


class Session:
    """Takes lines and shows answers, until someone leaves."""

    def __init__(self, router: Router, parts: Parts, screen: Screen, now: Callable[[], datetime]) -> None:
        """Keep what answers, what shows it, and what tells the time."""
        self._router: Final = router
        self._parts: Final = parts
        self._screen: Final = screen
        self._now: Final = now
        self._numbers: Final = MessageNumbers()
        self._choices = Choices()
        self._asking: int | None = None

    @property
    def replying(self) -> bool:
        """Return whether the next line in plain words is a reply to a message that asked for one."""
        return self._asking is not None

    async def greet(self) -> None:
        """Show the welcome and how this channel is used."""
        await self._answer("start", "")
        self._remark("hint")
        self._screen.end_turn()

    async def take(self, line: str) -> bool:
        """Show what the line asks for; returns False where it asks to leave."""
        line = one_line(line[:_LONGEST])
        command, arguments = parse_line(line)
        if command in LEAVING:
            return False
        number = pressed_number(line)
        if not line:
            self._take_nothing()
        elif number is not None:
            await self._press(number)
        else:
            replied_to, self._asking = self._asking, None
            await self._answer(command, arguments, replied_to=None if command else replied_to)
        self._screen.end_turn()
        return True

    def _take_nothing(self) -> None:
        self._remark("called off" if self.replying else "hint")
        self._asking = None

    async def _press(self, number: int) -> None:
        choice = self._choices.get(number)
        if choice is None:
            self._remark("no button", given=str(number), count=len(self._choices))
        elif choice.unfolds:
            self._screen.show(Sheet((Piece(choice.unfolds),), self._choices.rows))
        elif choice.address:
            self._remark("address", given=choice.address)
        else:
            self._asking = None  # whoever goes on to something else means no reply
            await self._answer(*parse_line(choice.line), pressed=choice.message)

    async def _answer(
        self, command: str, arguments: str, *, pressed: int | None = None, replied_to: int | None = None
    ) -> None:
        request = Request(READER, CHAT, command, arguments, self._now(), pressed=pressed, replied_to=replied_to)
        answered = await self._router.answer(request)
        choices = Choices()
        for owed in answered.owed:
            await self._send(owed, choices)
        if choices:
            self._choices = choices
        if answered.notice:
            self._screen.remark(escape(answered.notice))
        if self.replying:
            self._remark("reply")

    async def _send(self, owed: Owed, choices: Choices) -> None:
        """Show a message, then note that it was shown: the other way round, a crash would leave a false entry."""
        number = self._numbers.next(self._now())
        pieces = [self._piece(block, number, choices) for block in parse(owed.message.html)]
        choices.rows = _numbered(owed.message.buttons, number, choices) or choices.rows
        self._screen.show(Sheet(pieces, choices.rows if owed.message.buttons else ()))
        if owed.entry is not None:
            await self._parts.ledger.confirm(owed.entry, number)
        if owed.message.asks:
            self._asking = number

    def _piece(self, block: Block, message: int, choices: Choices) -> Piece:
        if not self._screen.folds(block):
            return Piece(block)
        return Piece(block, choices.add(Choice(message, unfolds=block)))

    def _remark(self, moment: str, *, given: str = "", count: int = 0) -> None:
        self._screen.remark(self._parts.templates.render(TerminalPage(moment, given, count), READER.locale))


def _numbered(rows: Rows, message: int, choices: Choices) -> NumberedRows:
    return [
        [
            Numbered(
                choices.add(Choice(message, button.line, button.url)), one_line(button.label), one_line(button.url)
            )
            for button in row
        ]
        for row in rows
    ]
