"""What a reader meets who asks what has no answer: the desk is told, and so are they once there is one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.app import App
from bot.commands.finding import find
from bot.commands.request import Chat, ChatKind, Reader, Request
from bot.search.finding import Outcome
from bot.services.retention import erase_expired
from bot.settings import Settings
from bot.storage import queue
from bot.storage.counts import between
from bot.storage.queue import A_DAY, WISHES
from tests.commands.conftest import Talk
from tests.conftest import NOW, Clock

NOTHING = "Who won the harbour regatta in Montevideo?"
VAGUE = (
    *("black sea prisoners trump", "what else did the kremlin say about weapons", "ceasefire weapons prisoners"),
    *("kremlin", "putin zelensky", "pause prisoners", "what about the black sea and the weapons", "telephone"),
)


async def vague(app: App) -> str:
    """Return words that find no answer, only others that are near."""
    snapshot = app.parts.catalogue.current
    for words in VAGUE:
        if (await find(app.parts, snapshot, words, "ukraine-ceasefire-2025")).outcome is Outcome.SUGGESTIONS:
            return words
    raise AssertionError(VAGUE)


async def waiting(app: App) -> list[tuple[str, str]]:
    """Return the words and the state of every question that is kept."""
    async with app.database.read() as connection:
        return [(item.words, item.process) for item in await queue.waiting(connection)]


def button_lines(talk: Talk) -> list[str]:
    """Return the command lines behind the newest message's buttons."""
    return [button.line for row in talk.sent[-1].buttons for button in row]


async def test_a_question_without_an_answer_goes_to_the_desk_under_a_pseudonym(
    app: App, talk: Talk, clock: Clock, settings: Settings
) -> None:
    """It is durable when the reader hears so, once however often it is asked; nothing tells who asked; it is erased."""
    text = await talk.text(NOTHING)
    assert "Not covered yet." in text
    assert "The desk sees your question, without your name." in text
    await talk.say(NOTHING.upper())
    await Talk(app, clock, chat=2, reader=2).say(NOTHING)
    assert await waiting(app) == [(NOTHING, "ukraine-ceasefire-2025")] * 2
    file = settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(file)) as plain:
        kept = plain.execute("SELECT DISTINCT reader FROM missed ORDER BY id").fetchall()
    assert [len(reader) for (reader,) in kept] == [32, 32]
    await app.router.reply(Request(Reader(3, "", "en"), Chat(3, ChatKind.PRIVATE), "ask", "pizza?", NOW, noted=False))
    assert len(await waiting(app)) == 2
    clock.advance(days=91)
    await erase_expired(app.database, app.parts.retention, clock())
    assert await waiting(app) == []


async def test_one_reader_cannot_flood_the_queue(app: App, talk: Talk, clock: Clock) -> None:
    """Beyond the day's limit a question is answered but not kept, and the reader hears so; the next day it is kept."""
    for number in range(A_DAY):
        await talk.say(f"{NOTHING} {number}")
    text = await talk.text("Who won the harbour regatta in Lima?")
    assert "the desk does not get this one" in text
    assert not any(line.startswith("/tellme") for line in button_lines(talk))
    assert len(await waiting(app)) == A_DAY
    clock.advance(days=1, seconds=1)
    assert "The desk sees your question" in await talk.text("Who won the harbour regatta in Lima?")


async def test_none_of_these_puts_a_question_into_the_queue_once_and_only_the_readers_own(
    app: App, talk: Talk, clock: Clock
) -> None:
    """What was offered is not in the queue until its reader says that it is none; another's press does nothing."""
    assert "Is it one of these?" in await talk.text(await vague(app))
    assert await waiting(app) == []
    line = talk.button("None of these").line
    stranger = Talk(app, clock, chat=1, reader=2)
    assert (await stranger.say(line, pressed=1)).owed == ()
    assert "There is no command /none" in await stranger.text(line)
    assert await waiting(app) == []
    done = await talk.press("None of these")
    assert done.turns
    assert "Not covered yet." in done.owed[0].message.html
    await talk.say(line, pressed=1)
    assert [words for words, _ in await waiting(app)] == [await vague(app)]
    await app.parts.counting.write()
    async with app.database.read() as connection:
        counted = {item.what: item.number for item in await between(connection, NOW.date(), NOW.date())}
    assert counted == {"offered": 1, "none of these": 1}
    for odd in ("/none", "/none x", "/none 99", "/none -1", f"/none {'9' * 30}"):
        assert (await talk.say(odd, pressed=1)).owed == ()


async def test_a_wish_to_be_told_is_kept_until_it_is_withdrawn_and_is_forgotten_with_its_reader(
    app: App, talk: Talk, clock: Clock
) -> None:
    """Pressed twice it is one wish; only its own chat ends it; a group is not offered it; /forgetme erases it."""
    await talk.say(NOTHING)
    line = talk.button("Tell me when").line
    assert "once, when the desk has an answer" in await talk.text(line)
    await talk.say(line, pressed=1)
    assert len(await app.parts.queue.wishes(talk.chat)) == 1
    await talk.say("/subscriptions")
    assert talk.button("Answers that you wait for (1)").line == "/tellme"
    await talk.say("thanks!")
    assert [words for words, _ in await waiting(app)] == [NOTHING]
    assert f"You wait for an answer to\n• {NOTHING}" in await talk.text("/tellme")
    assert "not waiting for any" in await Talk(app, clock, chat=2, reader=2).text("/tellme")
    end = talk.button("Stop waiting").line
    stranger = Talk(app, clock, chat=2, reader=2)
    assert "not waiting" in await stranger.text(end)
    assert (await stranger.say(line, pressed=1)).owed == ()
    assert len(await app.parts.queue.wishes(talk.chat)) == 1
    assert "you no longer wait" in await talk.text(end)
    assert "not waiting" in await talk.text(end)
    await talk.say(line)
    group = Request(Reader(1, "", "en"), Chat(-5, ChatKind.GROUP), "", NOTHING, NOW)
    answered = await app.router.answer(group)
    assert not any("tellme" in button.line for row in answered.owed[0].message.buttons for button in row)
    assert "questions without a certain answer: 1, and answers that you wait for: 1" in await talk.text("/forgetme")
    await talk.press("Yes, do it")
    assert await app.parts.queue.wishes(talk.chat) == ()
    assert await waiting(app) == []


async def test_a_chat_waits_for_so_many_answers_and_no_more(app: App, talk: Talk, clock: Clock) -> None:
    """The limit is said plainly; ending one makes room."""
    for number in range(WISHES + 1):
        await talk.say(f"{NOTHING} {number}")
        await talk.press("Tell me when")
    assert "a good many answers already" in talk.sent[-1].html
    ((first, *_),) = (await app.parts.queue.wishes(talk.chat),)
    await talk.say(f"/tellme end {first.id}")
    assert "once, when" in await talk.text(f"/tellme {WISHES + 1}")


async def test_what_cannot_be_written_is_not_called_kept(app: App, talk: Talk, settings: Settings) -> None:
    """While another process holds the database the reader is answered, and told that the desk has no word of it."""
    file = Path(settings.database_url.removeprefix("sqlite+aiosqlite:///"))
    with closing(sqlite3.connect(file)) as plain:
        plain.execute("ALTER TABLE missed RENAME TO elsewhere")
        text = await talk.text(NOTHING)
        assert "could not pass it on to the desk just now" in text
        assert "The desk sees" not in text
        assert not any(line.startswith("/tellme") for line in button_lines(talk))
        assert "Is it one of these?" in await talk.text(await vague(app))
        assert "/none" not in "".join(button_lines(talk))
        plain.execute("ALTER TABLE elsewhere RENAME TO missed")
    assert "The desk sees your question" in await talk.text(NOTHING)
