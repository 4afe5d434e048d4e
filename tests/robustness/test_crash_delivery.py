"""Killed at random moments while it publishes, delivers and corrects, the bot owes nobody a message in the end.

`make crash-test` does it to 2,000 readers, and again while Telegram fails every tenth call; CRASH_KILLS is how often
the bot is killed, CRASH_SEED makes the same moments again.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from shutil import copy

import pytest

from bot.app import utc_now
from bot.domain.base import Kind
from bot.services.subscribe import Subscriptions
from bot.storage.database import Database
from tests.robustness.lives import KILLS, SEED, SHORT, Lives
from tests.robustness.newsroom import COMMAND, KINDS, PROCESS, Newsroom
from tests.telegram import FakeChat, FakeTelegram, Trouble

READERS = int(os.environ.get("CRASH_READERS", "15" if KILLS == SHORT else "2000"))
DEATHS = 2 if KILLS == SHORT else KILLS
PATIENCE = 60.0 if KILLS == SHORT else 1800.0  # seconds for what is left at the end
LATE = 2.0  # seconds
FEW = 1 / 4  # of the readers: when fewer messages than that are owed, something new is published
ASKED = 5  # questions a life, whose answers are to be corrected as well


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
        await _subscribe(tmp_path, readers)
        newsroom, lives = Newsroom(tmp_path, telegram, readers, dice), Lives(telegram, tmp_path, dice, rates)
        while lives.counts["kills"] < DEATHS:
            if newsroom.owed() <= FEW * READERS:
                await newsroom.publish()
            meanwhile = asyncio.create_task(_in_a_moment(dice, newsroom))
            await lives.live_and_die()
            await meanwhile
            lives.check()
            lives.counts["in flight at the kills"] += newsroom.in_flight(lives.died)
            newsroom.minutes_pass()
        while len(newsroom.published) < len(KINDS):
            await newsroom.publish()
        await lives.live(lambda: _left(newsroom), PATIENCE)
        lost, repeats, (forgotten, unheard) = newsroom.lost(), newsroom.repeats(), newsroom.sort_wrong()
        calls = telegram.calls_of("sendMessage")
        answers_lost = sum(call.ok is True and call.trouble in {"late", "drop_after"} for call in calls)
    excused = lives.counts["in flight at the kills"] + answers_lost
    with capsys.disabled():
        sys.stdout.write(
            f"\ncrash while delivering: seed {SEED}, trouble {rate:.0%}: {lives}, {newsroom.killed} while publishing; "
            f"{len(newsroom.published)} publications to {READERS} readers, {len(lost)} messages lost, {len(forgotten)} "
            f"corrections forgotten, {repeats} repeated, {len(unheard)} sent unheard of and announced only, "
            f"{answers_lost} answers lost on the way back\n"
        )
    again = f"CRASH_KILLS={KILLS} CRASH_SEED={SEED} makes the same moments again."
    assert not lost, f"{again} Without it: {lost[:5]}"
    assert not forgotten, f"{again} Not corrected: {forgotten[:5]}"
    assert repeats <= excused, again
    assert len(unheard) <= excused, again
    assert telegram.refusals == []


async def _subscribe(folder: Path, readers: Sequence[FakeChat]) -> None:
    database = Database(f"sqlite+aiosqlite:///{folder / 'parley.db'}")
    for reader in readers:
        reader.started = True
        await Subscriptions(database).start(reader.id, (Kind.PROCESS, PROCESS), "en", utc_now())
    await database.close()


async def _in_a_moment(dice: Random, newsroom: Newsroom) -> None:
    """Ask and publish while the bot is at work."""
    for reader in dice.sample(list(newsroom.readers), ASKED):
        reader.send(COMMAND)
    await asyncio.sleep(dice.uniform(0.2, 2))
    if newsroom.owed() <= FEW * len(newsroom.readers):
        await newsroom.publish()


def _left(newsroom: Newsroom) -> int:
    newsroom.retry_now()
    return newsroom.owed()
