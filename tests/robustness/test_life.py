"""The life of a question: asked, not covered, queued, drafted, refused by the gate, mended, published, its asker told.

The bot is killed after every step, and the next step finds it dead: Telegram keeps what is said until it is back.
"""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.telegram import FakeChat, FakeTelegram
from tests.telegram.messages import BotMessage

ASKED = "Who takes part in the talks in Jeddah?"
PATIENCE = 60.0  # seconds a start and an answer may take on a busy machine


@dataclass
class Life:
    """One bot, started for each step and killed after it."""

    telegram: FakeTelegram
    folder: Path
    owner: int

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
            await self._handled()
            return found()[-1]
        finally:
            process.kill()
            await process.wait()

    async def _handled(self) -> None:
        """Return when the update is struck out: killed before that, the bot answers it again."""
        async with asyncio.timeout(PATIENCE):
            with closing(sqlite3.connect(self.folder / "parley.db")) as database:
                while database.execute("SELECT 1 FROM inbox WHERE body IS NOT NULL").fetchone():  # noqa: ASYNC110 - no bell
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
                    "PARLEY_OWNER_IDS": str(self.owner),
                    "PARLEY_PUBLISH_HOLD": "0",
                },
            )


def button(message: BotMessage, begins: str) -> str:
    """Return the whole label of the message's button that begins so."""
    return next(label for label in message.labels if label.startswith(begins))


@pytest.mark.slow
async def test_a_question_goes_from_unanswered_to_told_through_kills(tmp_path: Path) -> None:
    """Nothing is lost at any step: the question, the wish, the draft, its fields, the word that is owed."""
    async with FakeTelegram() as telegram:
        ann = telegram.person("Ann").private_chat()
        olga_herself = telegram.person("Olga")
        olga = olga_herself.private_chat()
        life = Life(telegram, tmp_path, olga_herself.id)

        def press(chat: FakeChat, message: BotMessage, begins: str) -> Callable[[], object]:
            return lambda: chat.press(message, label=button(message, begins))

        refused = await life.step(ann, lambda: ann.send(ASKED), "Not covered yet.")
        await life.step(ann, press(ann, refused, "Tell me when"), "I will tell you here, once")
        queue = await life.step(olga, lambda: olga.send("/queue"), "Not answered yet: 1")
        cluster = await life.step(olga, press(olga, queue, "1: "), "Asked by 1 reader")
        await life.step(olga, press(olga, cluster, "Write an answer"), "Question")
        await life.step(olga, lambda: olga.send(ASKED), "Short answer")
        cites = await life.step(olga, lambda: olga.send("Ukraine takes part."), "Which source says so?")
        await life.step(olga, lambda: olga.send("/publish"), "cite the source that says so")
        cited = await life.step(olga, press(olga, cites, "blue News"), "To say where in the last one")
        day = await life.step(olga, press(olga, cited, "Next"), "As of")
        kind = await life.step(olga, press(olga, day, "Today"), "Type")
        last = await life.step(olga, press(olga, kind, "fact"), "Full answer")
        question = await life.step(olga, press(olga, last, "Publish…"), "No faults.")
        await life.step(olga, press(olga, question, "Publish"), "Published: 1 record.")
        await life.step(ann, lambda: None, "You asked to be told: there is an answer now.")
        again = await life.step(ann, lambda: ann.send("who takes part in the jeddah talks"), ASKED)
        assert "Ukraine takes part. [1]" in again.text
        told = [message for message in ann.messages if message.text.startswith("You asked to be told")]
        assert len(told) == 1
