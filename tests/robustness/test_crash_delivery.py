"""Killed at random moments while it publishes, delivers and corrects, the bot owes nobody a message in the end.

`make crash-test` does it to 2,000 readers, and again while Telegram fails every tenth call; CRASH_KILLS is how often
the bot is killed, CRASH_SEED makes the same moments again.
"""

import asyncio
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from shutil import copy

import pytest

from bot.app import utc_now
from bot.catalogue.catalogue import Catalogue
from bot.domain.base import Kind
from bot.domain.revision import Change
from bot.services.broadcast import write_bulletin
from bot.services.publish import publish
from bot.services.subscribe import Subscriptions
from bot.storage.database import Database
from bot.storage.outbox import UNSENT
from bot.storage.records import NewRevision
from tests.robustness.lives import KILLS, SEED, SHORT, Lives
from tests.telegram import FakeChat, FakeTelegram, Trouble

READERS = int(os.environ.get("CRASH_READERS", "15" if KILLS == SHORT else "2000"))
DEATHS = 2 if KILLS == SHORT else KILLS
PATIENCE = 60.0 if KILLS == SHORT else 1800.0  # seconds for what is left at the end
PROCESS = "ukraine-ceasefire-2025"
FOLLOWED = (Kind.PROCESS, PROCESS)
QUESTION = "what-was-agreed"
LATE = 2.0  # seconds
EVERY = 3  # publications: a bulletin, an update, a correction of it


@dataclass
class Newsroom:
    """Publishes, in a process of its own, what all readers are owed, and looks whether they have it."""

    database: Database
    readers: Sequence[FakeChat]
    published: list[str] = field(default_factory=list)  # the words by which each is known

    async def publish(self) -> None:
        """Publish the next thing: a bulletin, an update that tells a title, or a correction of the title."""
        number = len(self.published) + 1
        word = f"wx{number:05d}zq"
        if number % EVERY == 1:
            async with self.database.write() as connection:
                await write_bulletin(connection, PROCESS, f"A bulletin: {word}", author="a", now=utc_now())
        else:
            change = Change.UPDATE if number % EVERY else Change.CORRECTION
            current = (await Catalogue.open(self.database)).current.questions[QUESTION].record
            record = current.model_copy(update={"question": f"What was agreed, as of {word}?"})
            new = [NewRevision(record, change, f"The reason: {word}")]
            await publish(self.database, new, author="a", note="", now=utc_now())
        self.published.append(word)

    def lost(self) -> list[tuple[int, str]]:
        """Return who lacks what: a bulletin, an update or the notice of a correction."""
        return [
            (chat.id, word)
            for chat in self.readers
            for word in self.published
            if not any(word in text for text in self._texts(chat))
        ]

    def forgotten(self) -> list[tuple[int, int]]:
        """Return the messages that still tell the title of an update that has been corrected."""
        wrong = self.published[EVERY - 2 :: EVERY][: len(self.published) // EVERY]
        return [
            (chat.id, message.message_id)
            for chat in self.readers
            for message in chat.messages
            if message.text.startswith("New in:") and any(word in message.text for word in wrong)
        ]

    def repeats(self) -> int:
        """Return how many messages came more than once."""
        seen: Counter[tuple[int, str]] = Counter()
        for chat in self.readers:
            seen.update((chat.id, self._what(text)) for text in self._texts(chat))
        return sum(number - 1 for (_, what), number in seen.items() if what and number > 1)

    @staticmethod
    def _texts(chat: FakeChat) -> list[str]:
        return [message.text for message in chat.messages]

    def _what(self, text: str) -> str:
        """Return which bulletin or notice the text is; the texts of updates change with corrections."""
        words = [word for word in self.published if word in text]
        if text.startswith("From the desk"):
            return words[0]
        return f"notice {words[-1]}" if text.startswith("We were wrong") and words else ""


def minutes_pass(lives: Lives) -> None:
    """Count what was under way at the kill, and let its leases run out, as they would in five minutes."""
    with closing(sqlite3.connect(lives.folder / "parley.db", timeout=10)) as database:
        query = "UPDATE outbox SET due = '2020-01-01 00:00:00.000000' WHERE state = 'sending'"
        lives.counts["in flight at the kills"] += database.execute(query).rowcount
        database.commit()


def left(lives: Lives, newsroom: Newsroom) -> int:
    """Return how much is owed; what has failed is tried again at once."""
    with closing(sqlite3.connect(lives.folder / "parley.db", timeout=10)) as database:
        database.execute(
            "UPDATE outbox SET due = '2020-01-01 00:00:00.000000' WHERE state = 'owed' AND due > ?", (str(utc_now()),)
        )
        database.commit()
        marks = ", ".join("?" * len(UNSENT))
        owed = database.execute(f"SELECT count(*) FROM outbox WHERE state IN ({marks})", UNSENT).fetchone()[0]  # noqa: S608
        unfilled = database.execute("SELECT count(*) FROM broadcasts WHERE NOT filled").fetchone()[0]
    return int(owed + unfilled) or len(newsroom.forgotten())


@pytest.mark.parametrize(
    "rate",
    [
        0.0,
        pytest.param(0.1, marks=pytest.mark.skipif(KILLS == SHORT, reason="`make crash-test` has the time for it")),
    ],
)
async def test_killed_while_it_delivers_it_owes_nobody_a_message(
    tmp_path: Path, filled: Path, capsys: pytest.CaptureFixture[str], rate: float
) -> None:
    """Everybody gets everything, and every message told wrongly is put right; only what was in flight may repeat."""
    copy(filled, tmp_path / "parley.db")
    dice = Random(SEED)  # noqa: S311 - no secret
    rates = {"PARLEY_BROADCAST_RATE": "1000", "PARLEY_PAID_BROADCAST": "true"}
    async with FakeTelegram(trouble=Trouble(rate, SEED, delay=LATE)) as telegram:
        readers = [telegram.person(f"Reader {number}").private_chat() for number in range(READERS)]
        for reader in readers:
            reader.started = True
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'parley.db'}")
        for reader in readers:
            await Subscriptions(database).start(reader.id, FOLLOWED, "en", utc_now())
        newsroom, lives = Newsroom(database, readers), Lives(telegram, tmp_path, dice, rates)
        while lives.counts["kills"] < DEATHS:
            if not newsroom.published or dice.random() < EVERY / DEATHS:
                await newsroom.publish()
            publishing = asyncio.create_task(_in_a_moment(dice, newsroom))
            await lives.live_and_die()
            publishing.cancel()
            await asyncio.gather(publishing, return_exceptions=True)
            minutes_pass(lives)
        await database.close()
        lives.check()
        await lives.live(lambda: left(lives, newsroom), PATIENCE)
        lost, forgotten, repeats = newsroom.lost(), newsroom.forgotten(), newsroom.repeats()
        calls = [*telegram.calls_of("sendMessage")]
        answers_lost = sum(call.ok is True and call.trouble in {"late", "drop_after"} for call in calls)
    again = f"CRASH_KILLS={KILLS} CRASH_SEED={SEED} makes the same moments again."
    with capsys.disabled():
        sys.stdout.write(
            f"\ncrash while delivering: seed {SEED}, trouble {rate:.0%}: {lives}; {len(newsroom.published)} "
            f"publications to {READERS} readers, {len(lost)} messages lost, {len(forgotten)} corrections forgotten, "
            f"{repeats} repeated, {answers_lost} answers lost on the way back\n"
        )
    assert not lost, f"{again} Without it: {lost[:5]}"
    assert not forgotten, f"{again} Not corrected: {forgotten[:5]}"
    assert repeats <= lives.counts["in flight at the kills"] + answers_lost, again
    assert telegram.refusals == []


async def _in_a_moment(dice: Random, newsroom: Newsroom) -> None:
    """Publish while the bot is at work."""
    await asyncio.sleep(dice.uniform(0.2, 2))
    if dice.random() < EVERY / DEATHS:
        await newsroom.publish()
