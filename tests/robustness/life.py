"""One bot as a real process, started for each step of a conversation and killed after it."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT
from tests.telegram import FakeChat, FakeTelegram
from tests.telegram.messages import BotMessage

PATIENCE = 60.0  # seconds a start and an answer may take on a busy machine


@dataclass
class Life:
    """Each step finds the bot dead: Telegram keeps what is said until it is back. `settings` are given to it."""

    telegram: FakeTelegram
    folder: Path
    settings: dict[str, str]

    async def step(self, chat: FakeChat, do: Callable[[], object], expected: str) -> BotMessage:
        """Do something while the bot is dead; returns the message that then says what is expected, and kills it."""
        seen = {(message.message_id, message.edits) for message in chat.messages}
        do()
        process = await self._start()
        try:

            def found() -> list[BotMessage]:
                new = (message for message in chat.messages if (message.message_id, message.edits) not in seen)
                return [message for message in new if expected in message.text]

            assert await self.telegram.world.bell.until(lambda: bool(found()), PATIENCE), chat._story()
            await self._settled()
            return found()[-1]
        finally:
            process.kill()
            await process.wait()

    async def owed(self, chat: FakeChat, expected: str, times: int = 1) -> BotMessage:
        """Return the message that says what is expected for the given time, which an earlier life may have sent."""

        def found() -> list[BotMessage]:
            return [message for message in chat.messages if expected in message.text]

        if len(found()) < times:
            process = await self._start()
            try:
                assert await self.telegram.world.bell.until(lambda: len(found()) >= times, PATIENCE), chat._story()
                await self._settled()
            finally:
                process.kill()
                await process.wait()
        return found()[-1]

    async def press(self, chat: FakeChat, message: BotMessage, begins: str, expected: str) -> BotMessage:
        """Press the message's button whose label begins so, and take the step."""
        label = next(label for label in message.labels if label.startswith(begins))
        return await self.step(chat, lambda: chat.press(message, label=label), expected)

    async def say(self, chat: FakeChat, text: str, expected: str) -> BotMessage:
        """Write a message, and take the step."""
        return await self.step(chat, lambda: chat.send(text), expected)

    async def _settled(self) -> None:
        """Return when nothing is under way: killed before that, the bot would do it again."""
        query = (
            "SELECT (SELECT count(*) FROM inbox WHERE body IS NOT NULL)"
            " + (SELECT count(*) FROM outbox WHERE state = 'sending')"
        )
        async with asyncio.timeout(PATIENCE):
            with closing(sqlite3.connect(self.folder / "parley.db")) as database:
                while database.execute(query).fetchone() != (0,):  # noqa: ASYNC110 - another process writes it
                    await asyncio.sleep(0.02)

    async def _start(self) -> asyncio.subprocess.Process:
        outside = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
        with (self.folder / "log.txt").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self.folder,
                stderr=log,
                env={
                    **outside,
                    "PYTHONPATH": str(ROOT),
                    "PARLEY_TELEGRAM_TOKEN": self.telegram.token,
                    "PARLEY_TELEGRAM_API_URL": self.telegram.url,
                    **self.settings,
                },
            )
