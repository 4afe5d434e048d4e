"""Ten thousand random and hostile updates: none breaks the bot, makes it say what Telegram refuses, or goes unanswered.

`make fuzz` sends them all; FUZZ_UPDATES is how many, FUZZ_SEED makes the same ones again.
"""

import asyncio
import contextlib
import json
import logging
import os
import secrets
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import pytest
from telegram import Update

from bot.app import App, opened
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.pace import Chats, Pace
from bot.services.inbox import Inbox
from bot.settings import Settings
from tests.channels.telegram.conftest import make_channel
from tests.conftest import Clock
from tests.robustness.updates import Cast, Made, Updates
from tests.telegram import Call, FakeChat, FakeTelegram
from tests.telegram.payload import Json, JsonObject

SHORT = 300
COUNT = int(os.environ.get("FUZZ_UPDATES", SHORT))
SEED = int(os.environ.get("FUZZ_SEED", 1 if COUNT == SHORT else secrets.randbelow(2**32)))
ROUND = 75  # updates between two looks at what became of them; with their last one they fit one poll
PEOPLE, GROUPS = 60, 12
OWNER = 5_100_000_000
PATIENCE = 60.0  # seconds a round may take on a busy machine
# What no bot can help: the chat is made up, or the message that is to change is, or it stands there so already.
PROVOKED = (
    *("not modified", "message to edit not found", "message can't be edited", "thread not found", "is too old"),
    *("MESSAGE_ID_INVALID", "invalid file_id", "message to be replied not found", "PARTICIPANT_ID_INVALID"),
)
ODD_NUMBERS: tuple[Json, ...] = (-1, "7", None, 2**40, True, 1.5, [])
UNREADABLE = "could not be read and was skipped"
FILES = {
    "truce.md": b"---\nquestion: What is a truce?\nas_of: 2025-03-18\n---\nA pause. [^c1]\n\n[^c1]: nowhere | p. 1\n",
    "agreement.yaml": b"slug: x\ntitle: &t [*t]\n",
    "bomb.yaml": b"a: &a [1]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
    "sources.yaml": b"\xff\xfe\x00",
    "../../etc/passwd": b"- " * 500,
    "\u202eslmay.evil": b"{{ 7 * 7 }}",
    "probes.yaml": b"",
    "x" * 255: b"!!python/object/apply:os.system ['true']\n",
}


class Unlimited(Pace):
    """No waits: thirty messages a second in all would make ten thousand updates a matter of minutes."""

    def ready(self, now: float) -> float:
        """Return that it is anyone's turn."""
        return 0.0


class UnlimitedChats(Chats):
    """Nor between two messages to a chat."""

    def ready(self, chat: int) -> float:
        """Return that it is the chat's turn."""
        return 0.0


class Errors(logging.Handler):
    """What the log holds at ERROR with a traceback, but for updates that nobody could read."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.unhandled: list[str] = []
        self.unreadable = 0
        self.others: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Sort an entry."""
        if UNREADABLE in record.getMessage():
            self.unreadable += 1
        elif record.exc_info:
            self.unhandled.append(logging.Formatter("{name}: {message}", style="{").format(record))
        else:
            self.others[str(record.msg)] += 1


@dataclass
class Stage:
    """The fake server with its cast, and the running bot's inbox."""

    telegram: FakeTelegram
    cast: Cast
    inbox: Inbox
    errors: Errors
    chats: dict[int, FakeChat]
    running: asyncio.Task[None]
    counts: Counter[str] = field(default_factory=Counter)

    async def play(self, round_: list[Made]) -> list[str]:
        """Send the updates, wait until all is handled, and return what went wrong."""
        owed = Counter(made.chat for made in round_ if made.chat is not None and readable(made.update))
        queries = {made.query for made in round_ if made.query is not None and readable(made.update)}
        for place, made in enumerate(round_):
            if place % 16 == 7:
                self.telegram.push(made.update | {"update_id": ODD_NUMBERS[place // 16 % len(ODD_NUMBERS)]})
            number = self.telegram.push(made.update)
            if place % 16 == 3:
                self.telegram.push(made.update | {"update_id": number})
                self.counts["repeated"] += 1
            self.counts[made.kind] += 1
        await self._settle()
        answered = {answer.query_id for answer in self.telegram.answered_callbacks}
        answered |= {answer.query_id for answer in self.telegram.inline_answers}
        self.telegram.answered_callbacks.clear()
        self.telegram.inline_answers.clear()
        faults = [f"query {query} went unanswered" for query in sorted(queries - answered)]
        self.counts["answers owed"] += owed.total() + len(queries)
        for number, chat in self.chats.items():
            if len(chat.fresh) < owed[number]:
                lines = [made.update for made in round_ if made.chat == number]
                faults.append(f"{owed[number]} answers owed, {len(chat.fresh)} came: {lines}")
            self._remember(chat)
        return faults + self._refused() + self._unhandled()

    async def _settle(self) -> None:
        """Return when every update is handled. Raises AssertionError when time is up, and what has ended the bot."""
        updates = self.telegram.world.updates
        clock = asyncio.get_running_loop().time
        deadline = clock() + PATIENCE
        while updates.pending or await self.inbox.waiting():
            if self.running.done():
                self.running.result()
            assert clock() < deadline, f"not handled: {await self.inbox.waiting() or updates.pending}"
            await asyncio.sleep(0.01)
        await self.telegram.idle(PATIENCE)

    def _remember(self, chat: FakeChat) -> None:
        """Let the cast press what the bot has shown."""
        people = {person["id"]: person for person in self.cast.people}
        for number in chat.fresh:
            message = chat.stored[number].json
            if "reply_markup" in message:
                self.cast.shown.append((people.get(chat.id, self.cast.people[0]), message))
        del self.cast.shown[:-100]
        chat.fresh.clear()

    def _refused(self) -> list[str]:
        """Return the calls that failed through the bot's own fault, and begin the list anew."""
        faults = [f"malformed {item.method}: {item.description} {dict(item.params)}" for item in self.telegram.refusals]
        faults += [f"failed {call.method}: {call.error} {dict(call.params)}" for call in self._failed()]
        self.counts["calls"] += len(self.telegram.calls)
        self.telegram.refusals.clear()
        self.telegram.calls.clear()
        return faults

    def _failed(self) -> list[Call]:
        failed = [call for call in self.telegram.calls if call.ok is False and call.method != "getUpdates"]
        self.counts["calls that the updates provoked to fail"] += len(failed)
        return [
            call
            for call in failed
            if call.params.get("chat_id") in self.chats and not any(words in str(call.error) for words in PROVOKED)
        ]

    def _unhandled(self) -> list[str]:
        unhandled, self.errors.unhandled = self.errors.unhandled, []
        return [f"unhandled error: {text}" for text in unhandled]


def readable(update: JsonObject) -> bool:
    """Return whether python-telegram-bot can read the update at all; if not, nobody can be answered."""
    try:
        return Update.de_json({"update_id": 1} | json.loads(json.dumps(update)), None) is not None
    except Exception:  # noqa: BLE001 - it fails in ways nobody lists
        return False


@pytest.fixture
async def house(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """Open the house with an owner among its people."""
    async with opened(settings.model_copy(update={"owner_ids": (OWNER,)}), clock) as app:
        yield app


@pytest.fixture
def errors() -> Iterator[Errors]:
    """Listen to the whole log."""
    handler = Errors()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture
async def stage(house: App, clock: Clock, errors: Errors, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Run the bot, without Telegram's waits, before people and groups whose chats are open."""
    monkeypatch.setattr("bot.channels.telegram.limiter.Pace", Unlimited)
    monkeypatch.setattr("bot.channels.telegram.limiter.Chats", UnlimitedChats)
    async with FakeTelegram() as telegram:
        people = [telegram.person(f"Reader {number}") for number in range(PEOPLE)]
        people.append(telegram.person("Olga", OWNER))
        chats = [person.private_chat() for person in people]
        for chat in chats:
            chat.started = True
        chats += [telegram.group(f"Group {number}", people[number : number + 5]) for number in range(GROUPS)]
        files = [telegram.world.files.add("document", data, name).as_field() for name, data in FILES.items()]
        documents = [file for file in files if isinstance(file, dict)]
        cast = Cast(
            telegram.world.bot, [person.json for person in people], [chat.json for chat in chats[-GROUPS:]], documents
        )
        stop = asyncio.Event()
        channel: TelegramChannel = make_channel(telegram, house, clock, desk_chat=chats[0].id)
        running = asyncio.create_task(channel.run(stop))
        yield Stage(telegram, cast, Inbox(house.database), errors, {chat.id: chat for chat in chats}, running)
        stop.set()
        with contextlib.suppress(Exception):  # whatever ended it before, the test has said
            await asyncio.wait_for(running, 10)


async def test_hostile_updates_break_nothing_and_are_answered(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever comes: no unhandled error, no call that Telegram refuses, nothing left over, everybody answered."""
    updates, left = Updates(SEED, stage.cast), COUNT
    faults: list[str] = []
    try:
        while left:
            size = min(ROUND, left)
            faults += await stage.play([updates.next() for _ in range(size)])
            left -= size
    finally:  # the seed is wanted most where this fails
        counts = ", ".join(f"{number} {kind}" for kind, number in stage.counts.most_common())
        with capsys.disabled():
            sys.stdout.write(
                f"\nfuzz: seed {SEED}, {COUNT - left} updates: {counts}, {stage.errors.unreadable} unreadable\n"
            )
    assert not faults, f"FUZZ_UPDATES={COUNT} FUZZ_SEED={SEED} makes the same again:\n" + "\n".join(faults)


async def test_what_cannot_be_confirmed_stops_nobody(stage: Stage) -> None:
    """An update whose number is none, or one that no database holds, is skipped; the bot does not ask without pause."""
    (number, chat), *_ = stage.chats.items()
    for odd in (2**64, "x", None, 2**63):
        stage.telegram.push(
            {"update_id": odd, "message": {"message_id": 1, "date": 1, "chat": {"id": number, "type": "private"}}}
        )
    person = stage.cast.people[0]
    ordinary: JsonObject = {"message_id": 2, "date": 1, "chat": chat.json, "from": person, "text": "/help"}
    stage.telegram.push({"update_id": 800_000_000, "message": ordinary})
    await chat.wait_for_messages()
    polls = stage.telegram.counts["getUpdates"]
    await asyncio.sleep(1.5)
    assert stage.telegram.counts["getUpdates"] - polls <= 4
    assert not stage.running.done()
