"""A newsroom that publishes what all its readers are owed, in processes that are killed too, and looks who has it."""

import asyncio
import multiprocessing
import signal
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.app import utc_now
from bot.domain.base import Kind
from bot.domain.question import Question
from bot.domain.revision import Change
from bot.services.broadcast import write_bulletin
from bot.services.publish import publish, published_now
from bot.storage.database import Database
from bot.storage.outbox import UNSENT
from bot.storage.records import NewRevision
from tests.telegram import FakeChat, FakeTelegram
from tests.telegram.dispatch import Call

PROCESS = "ukraine-ceasefire-2025"
QUESTION = "what-was-agreed"
COMMAND = "/agreed"  # of that question
NOTICE = "We were wrong"
LONGEST = 0.3  # seconds until a process that publishes is killed: most are by then in the middle of it
MOMENT = 0.5  # seconds from sending a message to having noted it, on a machine that has much else to do
LONG_AGO = "2020-01-01 00:00:00.000000"
KINDS = ("bulletin", Change.UPDATE.value, Change.CORRECTION.value)  # in turn: the third puts right what the second told
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["bot.app"])


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, and the word that it is known by."""

    kind: str
    word: str


@dataclass
class Newsroom:
    """Publishes to the database in the folder, and looks what has become of it."""

    folder: Path
    telegram: FakeTelegram
    readers: Sequence[FakeChat]
    dice: Random
    published: list[Published] = field(default_factory=list)
    tried: int = 0
    killed: int = 0

    async def publish(self) -> None:
        """Publish the next thing from a process of its own, killed at a random moment half of the time."""
        self.tried += 1
        item = Published(KINDS[len(self.published) % len(KINDS)], f"wx{self.tried:05d}zq")
        process = _FORKS.Process(target=_publish, args=(self.folder / "parley.db", item))
        process.start()
        kill = self.dice.random() < 0.5
        await asyncio.to_thread(process.join, self.dice.uniform(0, LONGEST) if kill else 60)
        if process.is_alive():
            process.kill()
            self.killed += 1
            await asyncio.to_thread(process.join)
        assert process.exitcode in {0, -signal.SIGKILL}
        if self._is_there(item):
            self.published.append(item)

    def _is_there(self, item: Published) -> bool:
        """Return whether it was published; with all that it owes, or not at all."""
        with closing(sqlite3.connect(self.folder / "parley.db", timeout=10)) as database:
            (bulletins,) = database.execute("SELECT count(*) FROM broadcasts WHERE body LIKE ?", _like(item)).fetchone()
            revised = database.execute("SELECT record, number FROM revisions WHERE note LIKE ?", _like(item)).fetchall()
            for record, number in revised:
                (told,) = database.execute(
                    "SELECT count(*) FROM broadcasts WHERE body = ?", (f"{record}.{number}",)
                ).fetchone()
                assert told == 1, f"{item} was published and owed to nobody"
        return bool(bulletins or revised)

    def owed(self) -> int:
        """Return how many messages are owed, counting what is not yet made owed as one."""
        with closing(sqlite3.connect(self.folder / "parley.db", timeout=10)) as database:
            marks = ", ".join("?" * len(UNSENT))
            (owed,) = database.execute(f"SELECT count(*) FROM outbox WHERE state IN ({marks})", UNSENT).fetchone()  # noqa: S608
            (unfilled,) = database.execute("SELECT count(*) FROM broadcasts WHERE NOT filled").fetchone()
        return int(owed + unfilled)

    def minutes_pass(self) -> None:
        """Let leases run out and what was put off come due.

        What a killed bot has sent without hearing of it is then no longer "on its way".
        """
        with closing(sqlite3.connect(self.folder / "parley.db", timeout=10)) as database:
            database.execute("UPDATE outbox SET due = ? WHERE state IN ('owed', 'sending')", (LONG_AGO,))
            earlier = "datetime(told, '-20 minutes') || '.000000'"
            database.execute(f"UPDATE ledger SET told = {earlier} WHERE message IS NULL")  # noqa: S608 - no input
            database.commit()

    def retry_now(self) -> None:
        """Let what has failed be tried again at once."""
        with closing(sqlite3.connect(self.folder / "parley.db", timeout=10)) as database:
            database.execute("UPDATE outbox SET due = ? WHERE state = 'owed'", (LONG_AGO,))
            database.commit()

    def lost(self) -> list[tuple[int, str]]:
        """Return who lacks what: a bulletin, an update or the notice of a correction."""
        return [
            (chat.id, item.word)
            for chat in self.readers
            for item in self.published
            if not any(item.word in text and (item.kind != "correction" or NOTICE in text) for text in _texts(chat))
        ]

    def wrong(self) -> list[tuple[int, int]]:
        """Return the messages that still tell what has been corrected: chat and number of each."""
        pairs = zip(self.published, self.published[1:], strict=False)
        words = [item.word for item, then in pairs if (item.kind, then.kind) == ("update", "correction")]
        return [
            (chat.id, message.message_id)
            for chat in self.readers
            for message in chat.messages
            if NOTICE not in message.text and any(word in message.text for word in words)
        ]

    def sort_wrong(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return the wrong messages that the bot knew that it had sent, and those that it never heard of.

        Nobody can edit a message whose number was lost on the way; their readers have the notice, or `lost` says so.
        """
        with closing(sqlite3.connect(self.folder / "parley.db", timeout=10)) as database:
            known = set(database.execute("SELECT chat, message FROM ledger WHERE message IS NOT NULL"))
        wrong = self.wrong()
        return [item for item in wrong if item in known], [item for item in wrong if item not in known]

    def in_flight(self, killed: float) -> int:
        """Return how many messages to many were sent in the last moment before the kill, by time.monotonic()."""
        return sum(killed - call.at < MOMENT for call in self._arrived())

    def repeats(self) -> int:
        """Return how many more messages to many arrived than were owed. An edit made again repeats nothing."""
        arrived = len(self._arrived())
        with closing(sqlite3.connect(self.folder / "parley.db", timeout=10)) as database:
            (sent,) = database.execute("SELECT count(*) FROM outbox WHERE state = 'sent' AND entry = 0").fetchone()
        return arrived - int(sent)

    def _arrived(self) -> list[Call]:
        calls = self.telegram.calls_of("sendMessage")
        return [call for call in calls if call.ok is True and call.params.get("allow_paid_broadcast") is True]


def _publish(path: Path, item: Published) -> None:
    async def work() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        try:
            if item.kind == "bulletin":
                async with database.write() as connection:
                    await write_bulletin(connection, PROCESS, f"A bulletin: {item.word}", author="a", now=utc_now())
                return
            async with database.read() as connection:
                published = await published_now(connection)
            (current,) = (
                each.record for each in published if (each.record.kind, each.record.slug) == (Kind.QUESTION, QUESTION)
            )
            assert isinstance(current, Question)
            record = current.model_copy(update={"question": f"What was agreed, as of {item.word}?"})
            new = [NewRevision(record, Change(item.kind), f"The reason: {item.word}")]
            await publish(database, new, author="a", note="", now=utc_now())
        finally:
            await database.close()

    asyncio.run(work())


def _like(item: Published) -> tuple[str]:
    return (f"%{item.word}%",)


def _texts(chat: FakeChat) -> list[str]:
    return [message.text for message in chat.messages]
