"""A reader who talks to the router as a channel would."""

from dataclasses import dataclass, field

import pytest

from bot.app import App
from bot.commands.request import Attachment, Chat, ChatKind, Reader, Request, parse_line
from bot.commands.router import Answered
from bot.rendering.limits import visible
from bot.rendering.reply import Button, Message
from tests.conftest import Clock


@dataclass
class Talk:
    """A conversation in one chat. Messages are numbered and confirmed as a channel does it."""

    app: App
    clock: Clock
    chat: int = 1
    reader: int = 1
    home: str = "https://t.me/ParleyBot"
    sent: list[Message] = field(default_factory=list)

    async def say(
        self,
        line: str,
        *,
        pressed: int | None = None,
        replied_to: int | None = None,
        attachment: Attachment | None = None,
        message: int | None = None,
    ) -> Answered:
        """Send a line, perhaps as the caption of a file, and take in the answer."""
        command, arguments = parse_line(line)
        request = Request(
            Reader(self.reader, "Ann", "en"),
            Chat(self.chat, ChatKind.PRIVATE),
            command,
            arguments,
            self.clock(),
            pressed,
            replied_to,
            self.home,
            attachment=attachment,
            message=message,
        )
        answered = await self.app.router.answer(request)
        for owed in answered.owed:
            self.sent.append(owed.message)
            if owed.entry is not None:
                await self.app.parts.ledger.confirm(owed.entry, len(self.sent))
        return answered

    async def text(self, line: str) -> str:
        """Return what a reader sees in reply to the line."""
        answered = await self.say(line)
        return "\n\n".join(visible(owed.message.html) for owed in answered.owed)

    def button(self, label: str) -> Button:
        """Return the newest message's button whose label begins so."""
        buttons = [button for row in self.sent[-1].buttons for button in row]
        found = [button for button in buttons if button.label.startswith(label)]
        assert found, f"no button {label!r} among {[button.label for button in buttons]}"
        return found[0]

    async def press(self, label: str) -> Answered:
        """Press a button of the newest message."""
        return await self.say(self.button(label).line, pressed=len(self.sent))


@pytest.fixture
def talk(app: App, clock: Clock) -> Talk:
    """Return a conversation with the house that ships."""
    return Talk(app, clock)
