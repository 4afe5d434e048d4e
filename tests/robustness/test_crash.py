"""Killed at random moments under load, the bot owes nobody an answer in the end.

`make crash-test` kills it fifty times, and again while Telegram fails every tenth call; CRASH_KILLS is how often,
CRASH_SEED makes the same moments and questions again.
"""

import asyncio
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from tests.robustness.lives import KILLS, SEED, SHORT, Lives
from tests.telegram import FakeChat, FakeTelegram, Trouble
from tests.telegram.payload import JsonObject

LOAD = 45  # questions waiting at any time while the bot is being killed: more than it may answer in a second
A_CHAT = 3  # questions at most, which must be answered in their order
LATE = 2.0  # seconds
TELLS = "What did Trump and Putin agree"  # how an answer begins that the ledger must know


@dataclass(frozen=True, slots=True)
class Question:
    """A question that its answer names: by a word of its own, or, in a group, by replying to it."""

    chat: FakeChat
    message: int
    update: int
    word: str

    def answers(self) -> list[int]:
        """Return the numbers of the messages that answer it."""
        return [
            number
            for number, stored in self.chat.stored.items()
            if stored.from_bot and (self.word in stored.content.text if self.word else stored.reply_to == self.message)
        ]


@dataclass
class Desk:
    """Asks as many questions as keep the bot busy, each in a new chat or in one that was asked in before."""

    telegram: FakeTelegram
    dice: Random
    open: list[Question] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    _rooms: list[FakeChat] = field(default_factory=list)

    async def ask_for_ever(self) -> None:
        """Keep the load up until cancelled."""
        while True:
            self.look()
            while len(self.open) < LOAD:
                self._ask()
            await asyncio.sleep(0.02)

    def look(self) -> int:
        """Return how many questions are not answered yet."""
        self.open = [question for question in self.open if not question.answers()]
        return len(self.open)

    def _ask(self) -> None:
        number = len(self.asked) + 1
        if self.dice.random() < 0.4:
            person = self.telegram.person(f"Reader {number}")
            chat = self.telegram.group(f"Group {number}", [person])
            self._add(chat, chat.send(person, "/agreed@parley_test_bot"), "")
            return
        chat = self._rooms.pop() if self._rooms else self.telegram.person(f"Reader {number}").private_chat()
        word = f"qx{number:06d}zw"
        line = self.dice.choice((f"Who has heard of {word}?", f"/agreement {word}", f"/ask {word} <b>"))
        self._add(chat, chat.send(line), word)
        if self.dice.random() < 1 - 1 / A_CHAT:
            self._rooms.append(chat)

    def _add(self, chat: FakeChat, message: JsonObject, word: str) -> None:
        sent, (update, _) = message["message_id"], self.telegram.world.updates.pending[-1]
        assert isinstance(sent, int)
        question = Question(chat, sent, update, word)
        self.asked.append(question)
        self.open.append(question)


def look_behind(lives: Lives, desk: Desk) -> None:
    """Note whose answer was sent and is not struck out of the inbox that a killed bot leaves."""
    with lives.database() as database:
        rows = database.execute("SELECT update_id FROM inbox WHERE body IS NOT NULL")
        waiting = {number for (number,) in rows}
    lives.counts["held by the inbox at the kills"] += len(waiting)
    sent = [question for question in desk.asked if question.update in waiting and question.answers()]
    lives.counts["in flight at the kills"] += len(sent)


class Report:
    """What has become of the questions."""

    def __init__(self, lives: Lives, desk: Desk) -> None:
        answers = {question: question.answers() for question in desk.asked}
        lost = {"late", "drop_after"}
        calls = lives.telegram.calls_of("sendMessage")
        self.lives = lives
        self.unanswered = [question for question, sent in answers.items() if not sent]
        self.repeats = sum(max(0, len(sent) - 1) for sent in answers.values())
        self.answers_lost = sum(call.ok is True and call.trouble in lost for call in calls)
        self.disordered = _disordered(answers)
        with lives.database() as database:
            known = set(database.execute("SELECT chat, message FROM ledger"))
            self.left = database.execute("SELECT update_id FROM inbox WHERE body IS NOT NULL").fetchall()
        told = [
            (question.chat.id, number) for question, sent in answers.items() if not question.word for number in sent
        ]
        self.unknown_to_the_ledger = sum(message not in known for message in told)
        self.questions = len(answers)

    @property
    def excused(self) -> int:
        """How many answers may come twice: those sent whose bot could not learn, or could not note, that they were."""
        return self.lives.counts["in flight at the kills"] + self.answers_lost

    def __str__(self) -> str:
        """Return the counts in a line."""
        return (
            f"{self.lives}; {self.questions} questions, {len(self.unanswered)} unanswered, {self.repeats} answered "
            f"again, {self.answers_lost} answers lost on the way back, {self.unknown_to_the_ledger} unknown to the "
            "ledger"
        )


def _disordered(answers: Mapping[Question, Sequence[int]]) -> list[int]:
    """Return the chats whose first answers did not come in the order of their questions."""
    firsts: dict[int, list[int]] = {}
    for question, sent in answers.items():
        firsts.setdefault(question.chat.id, []).extend(sent[:1])
    return [chat for chat, numbers in firsts.items() if numbers != sorted(numbers)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "rate",
    [
        0.0,
        pytest.param(0.1, marks=pytest.mark.skipif(KILLS == SHORT, reason="`make crash-test` has the time for it")),
    ],
)
async def test_killed_at_random_moments_it_owes_nobody_an_answer(
    tmp_path: Path, filled: Path, capsys: pytest.CaptureFixture[str], rate: float
) -> None:
    """Every question has its answer in the end; only what was in flight at a kill may be answered twice."""
    shutil.copy(filled, tmp_path / "parley.db")
    dice = Random(SEED)  # noqa: S311 - no secret
    async with FakeTelegram(trouble=Trouble(rate, SEED, delay=LATE)) as telegram:
        lives, desk = Lives(telegram, tmp_path, dice), Desk(telegram, dice)
        asking = asyncio.create_task(desk.ask_for_ever())
        while lives.counts["kills"] < KILLS:
            await lives.live_and_die()
            lives.check()
            look_behind(lives, desk)
        asking.cancel()
        await lives.live(desk.look)
        report = Report(lives, desk)
    with capsys.disabled():
        sys.stdout.write(f"\ncrash: seed {SEED}, trouble {rate:.0%}: {report}\n")
    again = f"CRASH_KILLS={KILLS} CRASH_SEED={SEED} makes the same moments again."
    assert not report.unanswered, f"{again} Without an answer: {report.unanswered[:5]}"
    assert not report.disordered, f"{again} Answered out of order: {report.disordered[:5]}"
    assert report.repeats <= report.excused, f"{again} {report}"
    assert report.unknown_to_the_ledger <= report.excused, f"{again} {report}"
    assert not report.left, f"{again} Left in the inbox: {report.left}"
    assert telegram.refusals == []
    assert "Traceback" not in (tmp_path / "log.txt").read_text()
