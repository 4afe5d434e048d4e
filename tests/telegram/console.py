"""Trying a bot by hand: a line is a private message, `!N` presses a button of the last one, `+FILE` sends a file."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from tests.telegram.messages import BotMessage
from tests.telegram.server import FakeTelegram


class Console:
    """A conversation of one reader with the bot, in lines of text."""

    def __init__(self, telegram: FakeTelegram, write: Callable[[str], None]) -> None:
        self.telegram = telegram
        self.chat = telegram.person(first_name="Ann").private_chat()
        self._write = write
        self._printed: dict[int, int] = {}
        self._notices = 0

    async def run(self, lines: AsyncIterator[str]) -> None:
        """Send each line until there are no more, showing meanwhile whatever the bot does."""
        showing = asyncio.create_task(self._show_for_ever())
        try:
            async for line in lines:
                self._take(line.strip())
        finally:
            showing.cancel()
            self.show_news()

    def _take(self, line: str) -> None:
        if line.startswith("!"):
            self._press(line[1:])
        elif line.startswith("+"):
            self._send_file(*line[1:].split(maxsplit=1))
        elif line:
            self.chat.send(line)

    def _send_file(self, name: str = "", caption: str | None = None) -> None:
        try:
            self.chat.send_document(Path(name).name, Path(name).read_bytes(), caption=caption)
        except OSError as error:
            self._write(f"{name} cannot be read: {error.strerror}")

    def _press(self, number: str) -> None:
        buttons = self.chat.messages[-1].buttons if self.chat.messages else ()
        if not number.isdecimal() or not 1 <= int(number) <= len(buttons):
            self._write(f"There is no button {number}: the last message has {len(buttons)}.")
            return
        button = buttons[int(number) - 1]
        if button.data is not None:
            self.chat.press_data(self.chat.messages[-1], button.data)
        elif button.url is not None:
            self._write(f"(opens {button.url})")
        else:
            self.chat.send(button.label)

    async def _show_for_ever(self) -> None:
        while await self.telegram.world.bell.until(self._has_news, None):
            self.show_news()

    def _has_news(self) -> bool:
        return len(self.telegram.answered_callbacks) > self._notices or any(map(self._is_news, self.chat.messages))

    def _is_news(self, message: BotMessage) -> bool:
        return self._printed.get(message.message_id) != message.edits

    def show_news(self) -> None:
        """Print every message that is new or edited, and every notice."""
        for message in filter(self._is_news, self.chat.messages):
            self._printed[message.message_id] = message.edits
            self._write(_drawn(message))
        for answer in self.telegram.answered_callbacks[self._notices :]:
            if answer.text:
                self._write(f"[{answer.text}]")
        self._notices = len(self.telegram.answered_callbacks)


def _drawn(message: BotMessage) -> str:
    edited = f", edit {message.edits}" if message.edits else ""
    photo = "(photo) " if message.photo is not None else ""
    lines = [f"bot #{message.message_id}{edited}: {photo}{message.text}"]
    number = 0
    for row in message.keyboard:
        labels = []
        for button in row:
            number += 1
            labels.append(f"!{number} [{button.label}]")
        lines.append("    " + "  ".join(labels))
    return "\n".join(lines)


async def standard_input() -> AsyncIterator[str]:
    """Yield the lines of standard input until it ends, without holding up the server."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, "")  # no line is empty: each has its line end

    # A daemon, so that a read still waiting for a key does not keep the process alive.
    threading.Thread(target=read, daemon=True).start()
    while line := await lines.get():
        yield line


async def converse(port: int, token: str) -> None:
    """Serve until standard input ends."""
    async with FakeTelegram(token, port=port) as telegram:
        console = Console(telegram, lambda text: print(text, flush=True))  # noqa: T201 - a console speaks
        print(f"A Telegram of your own at {telegram.url} for the token {token}.")  # noqa: T201
        print(f"Type as Ann, number {console.chat.id}; !N presses button N, +FILE sends a file; Ctrl-D ends.")  # noqa: T201
        await console.run(standard_input())
        for refusal in telegram.refusals:
            print(f"refused {refusal.method}: {refusal.description}")  # noqa: T201
