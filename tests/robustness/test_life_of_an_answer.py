"""The life of an answer: drafted, refused, mended, approved by a second editor, published, found wrong, corrected.

The bot is killed after every step; what is held goes out by the next process, and nothing is published twice.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.robustness.life import Life
from tests.telegram import FakeChat, FakeTelegram
from tests.telegram.messages import BotMessage

ASKED = "Who takes part in the talks in Jeddah?"
SLUG = "who-takes-part-in-the-talks-in-jeddah"


@dataclass(frozen=True)
class People:
    """Each in a chat of their own with the bot: an owner, two editors, a reader."""

    olga: FakeChat
    anna: FakeChat
    bea: FakeChat
    ann: FakeChat


async def appointed(life: Life, people: People) -> None:
    """Let the owner appoint two editors, and want four eyes."""
    olga = people.olga
    await life.say(olga, f"/grant {people.anna.id} editor Anna", "Anna")
    await life.say(olga, f"/grant {people.bea.id} editor Bea", "Bea")
    card = await life.say(olga, "/edit ukraine-ceasefire-2025", "process: Russia")
    choice = await life.press(olga, card, "Second editor", "Choose one.")
    card = await life.press(olga, choice, "true", "Second editor needed: true")
    kind = await life.press(olga, card, "Publish…", "What kind of change")
    asked = await life.press(olga, kind, "Wording", "No faults.")
    await life.press(olga, asked, "Publish", "goes out at")
    await life.owed(olga, "Published: 1 record.")


async def drafted(life: Life, people: People) -> BotMessage:
    """Let an editor write an answer, the gate refuse it, and her mend it; returns its card."""
    anna = people.anna
    await life.say(anna, "/new question", "Question")
    await life.say(anna, ASKED, "Short answer")
    await life.say(anna, "Ukraine takes part.", "Which source says so?")
    refused = await life.say(anna, "/publish", "paragraph without citation")
    items = await life.press(anna, refused, "Short answer", "1. Ukraine takes part.")
    await life.press(anna, items, "Change 1", "Now: Ukraine takes part.")
    cites = await life.say(anna, "Ukraine takes part in them.", "Which source says so?")
    cites = await life.press(anna, cites, "blue News", "• blue News")
    card = await life.press(anna, cites, "All fields", "Short name: " + SLUG)
    day = await life.press(anna, card, "As of", "2025-03-18")
    card = await life.press(anna, day, "Today", "As of: ")
    kind = await life.press(anna, card, "Type", "Choose one.")
    return await life.press(anna, kind, "fact", "Type: fact")


async def approved(life: Life, people: People, asked: BotMessage, seen: str, times: int) -> None:
    """Let the second editor approve it; held by one process, it is published by the next, and its author is told."""
    await life.press(people.anna, asked, "Publish", "waits for a second editor")
    shown = await life.owed(people.bea, seen)
    await life.press(people.bea, shown, "Approve", "goes out at")
    await life.owed(people.anna, "Published: 1 record.", times)


async def corrected(life: Life, people: People) -> BotMessage:
    """Let the editor find the answer wrong; returns what she is asked before it is corrected."""
    anna = people.anna
    card = await life.say(anna, f"/correct {SLUG}", "a change of version 1")
    items = await life.press(anna, card, "Short answer", "1. Ukraine takes part in them.")
    await life.press(anna, items, "Change 1", "Now: Ukraine takes part in them.")
    items = await life.say(anna, "Ukraine does not take part.", "1. Ukraine does not take part.")
    await life.press(anna, items, "Publish…", "What was wrong, and what is right?")
    return await life.say(anna, "Ukraine was not there.", "Reason: Ukraine was not there.")


@pytest.mark.slow
async def test_an_answer_is_written_approved_published_and_corrected_through_kills(
    tmp_path: Path, filled: Path
) -> None:
    """No field, approval, held publication or word that is owed is lost, and each revision is written once."""
    shutil.copy(filled, tmp_path / "parley.db")
    async with FakeTelegram() as telegram:
        persons = [telegram.person(name) for name in ("Olga", "Anna", "Bea", "Ann")]
        people = People(*(person.private_chat() for person in persons))
        for person in persons:
            person.private_chat().started = True
        life = Life(telegram, tmp_path, {"PARLEY_OWNER_IDS": str(persons[0].id), "PARLEY_PUBLISH_HOLD": "3"})
        await appointed(life, people)
        card = await drafted(life, people)
        asked = await life.press(people.anna, card, "Publish…", "A second editor has to approve it.")
        await approved(life, people, asked, "Anna would change:", 1)
        await life.say(people.ann, "who takes part in the talks in jeddah", "Ukraine takes part in them.")
        asked = await corrected(life, people)
        assert "It edits 1 message, notifies 1 reader" in asked.text
        await approved(life, people, asked, "Ukraine takes part in them. → Ukraine does not take part.", 2)
        await life.say(people.ann, "who takes part in the talks in jeddah", "Ukraine does not take part.")
        assert telegram.refusals == []
    with closing(sqlite3.connect(tmp_path / "parley.db")) as database:
        written = database.execute(
            "SELECT number, change, note FROM revisions JOIN records ON id = record WHERE slug = ? ORDER BY number",
            (SLUG,),
        )
        assert written.fetchall() == [(1, "update", ""), (2, "correction", "Ukraine was not there.")]
        did = [did for (did,) in database.execute("SELECT did FROM audit WHERE who LIKE 'telegram:%'")]
        assert (did.count("published"), did.count("approved")) == (3, 2)
        assert database.execute("SELECT count(*) FROM drafts").fetchone() == (0,)
    assert "Traceback" not in (tmp_path / "log.txt").read_text()
