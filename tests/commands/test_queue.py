"""The desk's overview: what readers could not find and complain of, the week, what is due, and how it came about."""

import asyncio
import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.app import App, opened_database
from bot.commands.request import Chat, ChatKind, Reader, Request
from bot.commands.router import Answered
from bot.domain.revision import Change
from bot.domain.roles import Role
from bot.rendering.limits import visible
from bot.services.answering import Answering
from bot.services.publish import publish
from bot.services.statistics import safe_cell
from bot.services.weekly import Weekly
from bot.settings import Settings
from bot.storage.records import NewRevision
from tests.commands.conftest import Talk
from tests.conftest import Clock

OWNER, EDITOR, DESK = 7, 8, -100
FIRST, AGAIN = "Who won the harbour regatta in Montevideo?", "who won the regatta in the harbour of montevideo"
OTHER = "How tall is the lighthouse of Punta Brava?"
QUESTION = "What did Trump and Putin agree on the telephone?"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with an owner for whom nothing waits, and a group for the desk."""
    return settings.model_copy(update={"owner_ids": (OWNER,), "publish_hold": 0, "desk_chat_id": DESK})


@pytest.fixture
def owner(app: App, clock: Clock) -> Talk:
    """Return an owner's conversation."""
    return Talk(app, clock, chat=OWNER, reader=OWNER)


def readers(app: App, clock: Clock) -> list[Talk]:
    """Return three readers."""
    return [Talk(app, clock, chat=number, reader=number) for number in (1, 2, 3)]


async def rows(app: App, query: str) -> list[tuple[object, ...]]:
    """Return what the query finds."""
    async with app.database.read() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


def shown(answered: Answered) -> str:
    """Return what is read in an answer."""
    return "\n\n".join(visible(owed.message.html) for owed in answered.owed)


async def test_alike_questions_are_one_entry_that_is_dismissed_once_with_a_reason(
    app: App, owner: Talk, clock: Clock
) -> None:
    """By how many readers asked; the entry shows every wording; dismissed it is gone, and the audit has who and why."""
    one, two, three = readers(app, clock)
    await two.say(OTHER)
    await one.say(FIRST)
    await two.say(AGAIN)
    await three.say(AGAIN)
    await three.press("Tell me when")
    text = await owner.text("/queue")
    assert "Not answered yet: 2, asked by 4 readers" in text
    assert text.index("regatta") < text.index("lighthouse")
    assert "3 readers, 2 wordings, 1 wants to be told" in text
    card = await owner.press(f"3: {AGAIN}"[:30])
    assert card.turns
    assert FIRST in shown(card)
    assert AGAIN in shown(card)
    assert owner.button("Add to: ").line.startswith("/queue add ")
    line = owner.button("Dismiss").line
    assert "Why dismiss" in shown(await owner.press("Dismiss"))
    assert "Dismissed: " in shown(await owner.press("Not about our topics"))
    assert "no longer in the queue" in await owner.text(line)
    assert "regatta" not in await owner.text("/queue")
    other = owner.button("1: How tall").line.removeprefix("/queue ")
    assert "Dismissed: " in await owner.text(f"/queue dismiss {other} <b>not</b> ours & never was")
    assert "Nothing waits for an answer." in await owner.text("/queue")
    audited = await owner.text("/audit")
    assert "dismissed “who won the regatta in the harbour of montevideo”: Not about our topics" in audited
    assert "<b>not</b> ours & never was" in audited
    for odd in (
        "/queue 99",
        "/queue x",
        "/queue dismiss",
        "/queue add 1 nothing",
        "/queue answer 99999999999999999999",
    ):
        assert "no longer in the queue" in await owner.text(odd)


async def test_readers_words_become_paraphrases_and_whoever_waits_is_told_once(
    app: App, owner: Talk, clock: Clock, settings: Settings
) -> None:
    """Added to a question they are published as wording; then the queue is empty and one message is owed, only once."""
    one, two, _ = readers(app, clock)
    await one.say(FIRST)
    await one.press("Tell me when")
    await two.say(FIRST)
    await owner.say("/queue")
    await owner.press("2: Who won")
    number = owner.button("Dismiss").line.rpartition(" ")[2]
    clock.advance(minutes=1)
    text = await owner.text(f"/queue add {number} what-was-agreed")
    assert "paraphrases from readers" in text
    await owner.press("Publish")
    record = app.parts.catalogue.current.questions["what-was-agreed"]
    assert record.record.paraphrases[-1] == FIRST
    assert record.change is Change.MINOR
    snapshot = app.parts.catalogue.current
    async with opened_database(settings) as second:
        both = [
            Answering(database, app.parts.understanding).settle(snapshot, clock())
            for database in (app.database, second)
        ]
        assert sum(await asyncio.gather(*both)) == 1
    assert await Answering(app.database, app.parts.understanding).settle(snapshot, clock()) == 0
    assert await rows(app, "SELECT chat, line FROM outbox") == [(1, "/told question what-was-agreed")]
    assert await rows(app, "SELECT DISTINCT state, reason FROM missed") == [("answered", "question what-was-agreed")]
    assert await rows(app, "SELECT count(*) FROM wishes") == [(0,)]
    assert "Nothing waits for an answer." in await owner.text("/queue")
    told = await one.text("/told question what-was-agreed")
    assert told.startswith("You asked to be told: there is an answer now.\n\nWhat did Trump")
    assert "has withdrawn it since" in await one.text("/told question gone")
    assert "has withdrawn it since" in await one.text("/told")


async def test_an_answer_is_begun_from_the_queue_with_the_readers_words(app: App, owner: Talk, clock: Clock) -> None:
    """The draft is a question that has the wordings as paraphrases; nothing is published or settled by beginning it."""
    one, two, _ = readers(app, clock)
    await one.say(FIRST)
    await two.say(AGAIN)
    await owner.say("/queue")
    await owner.press("2: ")
    await owner.press("Write an answer")
    (draft,) = await app.parts.drafts.everything()
    assert (draft.form, draft.process) == ("question", "ukraine-ceasefire-2025")
    assert draft.values == {"paraphrases": [FIRST, AGAIN]}
    assert "asked by 2 readers" in await owner.text("/queue")


async def test_complaints_come_by_record_with_the_revision_that_was_told(app: App, owner: Talk, clock: Clock) -> None:
    """Thumbs down and reports stand together until somebody has looked; what comes later stands there again."""
    one, two, _ = readers(app, clock)
    for reader in (one, two):
        await reader.say("/agreed")
        await reader.press("👎")
    await two.say("/report The <b>date</b> is wrong")
    current = app.parts.catalogue.current.questions["what-was-agreed"]
    new = NewRevision(current.record.model_copy(update={"tags": ("x",)}), Change.MINOR, "tags")
    await publish(app.database, [new], author="desk", note="tags", now=clock())
    await app.parts.catalogue.refresh()
    await owner.say("/queue")
    assert f"{QUESTION[:40]}" in shown(await owner.press("👎 and reports (1)"))
    assert "👎 2, 1 report" in visible(owner.sent[-1].html)
    card = shown(await owner.press("What did Trump"))
    assert "Now at version 2" in card
    assert "Version 1: 👎 2" in card
    assert "was shown version 1:\nThe <b>date</b> is wrong" in card
    assert owner.button("Edit").line == "/edit question/what-was-agreed"
    assert "Nothing that you have not looked at" in shown(await owner.press("Done"))
    assert "looked at complaints" in await owner.text("/audit")
    clock.advance(minutes=1)
    await one.say("/agreed")
    await one.press("👎")
    assert "👎 1" in await owner.text("/queue reports")
    assert "Nothing that" not in await owner.text("/queue record 99999")
    assert await rows(app, "SELECT count(*) FROM reports") == [(1,)]


async def test_the_week_is_summed_from_what_is_stored_and_its_table_holds_no_formula(
    app: App, owner: Talk, clock: Clock
) -> None:
    """Questions by what became of them, thumbs, reports, what was read most; beside the week before."""
    one, two, _ = readers(app, clock)
    await one.say(FIRST)
    await one.say(QUESTION)
    await app.parts.counting.write()
    clock.advance(days=7)
    for reader in (one, two):
        await reader.say(QUESTION)
    await one.press("👎")
    await two.say("/report wrong")
    await two.say("/subscribe")
    await app.parts.counting.write()
    week = await owner.text("/stats")
    assert "Questions: 2 (2)" in week
    assert "• answered: 2 (1)" in week
    assert "• not covered: 0 (1)" in week
    assert "👎: 1 (0)" in week
    assert "Reports: 1 (0)" in week
    assert f"2: {QUESTION}" in week
    assert "Followers: 1" in week
    assert "Waiting for an answer: 1 question; 0 want to be told" in week
    file = (await owner.press("As a table")).owed[0].message.document
    assert file is not None
    table = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert table[0] == ["day", "counted", "record", "number"]
    assert ["2025-03-27", "question told", QUESTION, "2"] in table
    assert ["2025-03-20", "refused", "", "1"] in table
    assert [safe_cell(cell) for cell in ("=1+1", "+1", "-1", "@x", "\t=1", "fine")] == [
        *("'=1+1", "'+1", "'-1", "'@x", "'\t=1", "fine")
    ]


async def test_what_is_due_is_checked_in_private_and_in_the_desks_group_by_editors_only(
    app: App, owner: Talk, clock: Clock
) -> None:
    """The list comes once a week; "still true" moves the day of the check alone, once; others find nothing."""
    weekly = Weekly(app.database, DESK, "en")
    clock.advance(days=60)
    monday = clock() - timedelta(days=clock().weekday(), hours=clock().hour)
    assert not await weekly.owe(monday)
    assert [await weekly.owe(clock()), await weekly.owe(clock()), await weekly.owe(clock() + timedelta(days=7))] == [
        *(True, False, True)
    ]
    assert await rows(app, "SELECT chat, line FROM outbox") == [(DESK, "/stale")] * 2
    desk = Request(Reader(DESK, "", "en"), Chat(DESK, ChatKind.GROUP), "stale", "", clock())
    (message,) = await app.router.made(desk)
    before = app.parts.catalogue.current
    count = visible(message.html).partition("Due to be checked: ")[2].split()[0]
    button = message.buttons[0][0]
    assert button.line.startswith("/stale true ")

    async def press(reader: int, pressed: int | None = 5) -> str:
        request = Request(
            Reader(reader, "", "en"), Chat(DESK, ChatKind.GROUP), "stale", button.line[7:], clock(), pressed
        )
        return shown(await app.router.answer(request))

    unknown = "There is no command /stale."
    assert unknown in await press(1)
    assert unknown in await press(OWNER, None)
    await app.parts.team.grant(EDITOR, Role.EDITOR, "Eva", by="telegram:7", now=clock())
    assert "noted as still true today" in await press(EDITOR)
    assert "Nothing was done" in await press(OWNER)
    await app.parts.team.revoke(EDITOR, by="telegram:7", now=clock())
    assert unknown in await press(EDITOR)
    old = next(rev for rev in before.published if f"/stale true {rev.ref}" == button.line)
    new = app.parts.catalogue.current.by_id(old.ref.record)
    assert new is not None
    changes = {"verified_at": clock().date(), "verified_by": "Eva"}
    assert new.record == old.record.model_copy(update=changes)
    assert (new.change, new.note, new.author) == (Change.MINOR, "still true", f"telegram:{EDITOR}")
    text = await owner.text("/stale")
    assert f"Due to be checked: {int(count) - 1}" in text
    assert owner.button("Edit").line.startswith("/edit ")
    assert "found still true" in await owner.text("/audit")
    name = f"{new.record.kind}/{new.record.slug}"
    history = await owner.text(f"/history {name}")
    assert "Version 2, 2025-05-19 12:00 UTC, Eva: wording. still true" in history
    assert "2025-05-19" in history
    assert "Version 1, 2025-03-20 12:00 UTC, import: first published" in history
    assert "No record in our records" in await owner.text("/history nothing")
