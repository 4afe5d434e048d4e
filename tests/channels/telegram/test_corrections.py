"""What we told wrongly is put right where it was told, over the fake server."""

import asyncio

from bot.app import App
from bot.channels.telegram.channel import TelegramChannel
from bot.domain.question import Question
from bot.domain.revision import Change
from bot.services.publish import Publication, publish
from bot.storage.ledger import Telling
from bot.storage.outbox import State
from bot.storage.records import NewRevision
from tests.channels.telegram.test_inline import ASKED, answer_to, handled
from tests.conftest import Clock
from tests.telegram import ApiError, Call, FakeChat, FakeTelegram, Person

AGREED = "what-was-agreed"


def question(app: App) -> Question:
    """Return the question of which readers are told."""
    return app.parts.catalogue.current.questions[AGREED].record


def reworded(app: App, words: str) -> Question:
    """Return the question with other words in its short answer."""
    record = question(app)
    first = record.short[0].model_copy(update={"text": f"{words} {record.short[0].text}"})
    return record.model_copy(update={"short": (first, *record.short[1:])})


async def correct(app: App, clock: Clock, record: Question, change: Change = Change.CORRECTION) -> Publication:
    """Publish the record as a change of that kind, and let the bot know."""
    new = [NewRevision(record, change, "The number was wrong")]
    done = await publish(app.database, new, author="a", note="", now=clock())
    await app.parts.catalogue.refresh()
    app.parts.owed.set()
    return done


async def done(app: App, clock: Clock) -> dict[State, int]:
    """Wait until nothing is owed any more; return what has become of all that was."""
    async with asyncio.timeout(30):
        while await app.delivery.waiting(clock()) or await app.delivery.owed():  # noqa: ASYNC110 - as in test_delivery
            await asyncio.sleep(0.02)
    return await app.delivery.counts()


async def test_a_correction_is_made_in_every_message_and_told_once(
    chat: FakeChat, app: App, clock: Clock, telegram: FakeTelegram, ann: Person
) -> None:
    """Every message that told it is edited in place, dated; one notice a reader, old and new with the reason."""
    for line in ("/agreed", "/start q_what-was-agreed", "/privacy"):
        chat.send(line)
        await chat.wait_for_messages()
    told = [message for message in chat.messages if message.text.startswith("What did")]
    assert len(told) == 2
    group = telegram.group("Friends", [ann])
    group.send(ann, "/agreed@parley_test_bot")
    (in_group,) = await group.wait_for_messages()
    bystander = telegram.person("Ben").private_chat()
    bystander.send("/sources")
    await bystander.wait_for_messages()
    clock.advance(days=8)
    await correct(app, clock, reworded(app, "In fact:"))
    for message in told:
        edited = await chat.wait_for_edit(message)
        assert edited.text.startswith("✏️ Corrected on 28 March 2025: The number was wrong")
        assert "In fact:" in edited.text
        assert edited.labels == message.labels
    assert "In fact:" in (await group.wait_for_edit(in_group)).text
    (notice,) = await chat.wait_for_messages()
    assert notice.text.startswith("We were wrong.")
    assert "28 March 2025" in notice.text
    assert "The number was wrong" in notice.text
    assert "→ In fact:" in notice.text
    assert "Sources" in notice.text or "Source" in notice.text
    (notice,) = await group.wait_for_messages()
    assert notice.text.startswith("We were wrong.")
    counts = await done(app, clock)
    assert counts[State.SENT] >= 5
    assert counts[State.FAILED] == counts[State.GIVEN_UP] == 0
    bystander.quiet()
    chat.quiet()

    # Told right by now, it is wrong once more: the ledger knows what each message tells today.
    clock.advance(days=1)
    await correct(app, clock, reworded(app, "In truth:"))
    again = await chat.wait_for_edit(told[0])
    assert "29 March" in again.text
    assert "In truth:" in again.text
    assert len(await chat.wait_for_messages()) == 1
    await done(app, clock)


async def test_a_notice_tells_of_what_its_reader_was_told(
    chat: FakeChat, app: App, clock: Clock, telegram: FakeTelegram
) -> None:
    """Of two records put right at once a reader hears of the one they were told; a follower hears of both."""
    chat.send("/agreed")
    await chat.wait_for_messages()
    follower = telegram.person("Ben").private_chat()
    for line in ("/subscribe", "/agreed"):
        follower.send(line)
        await follower.wait_for_messages()
    other = app.parts.catalogue.current.questions["what-happens-next"].record
    short = (other.short[0].model_copy(update={"text": "Nobody knows."}), *other.short[1:])
    new = [
        NewRevision(record, Change.CORRECTION, "The number was wrong")
        for record in (reworded(app, "In fact:"), other.model_copy(update={"short": short}))
    ]
    await publish(app.database, new, author="a", note="", now=clock())
    await app.parts.catalogue.refresh()
    app.parts.owed.set()
    (notice,) = await chat.wait_for_messages()
    assert "→ In fact:" in notice.text
    assert "Nobody knows." not in notice.text
    assert not any(label == "Unfollow" for label in notice.labels)
    (notice,) = await follower.wait_for_messages()
    assert "→ In fact:" in notice.text
    assert "→ Nobody knows." in notice.text
    assert any(label == "Unfollow" for label in notice.labels)
    await done(app, clock)
    chat.quiet()
    follower.quiet()


async def test_what_reads_the_same_is_neither_edited_nor_announced(
    chat: FakeChat, app: App, clock: Clock, telegram: FakeTelegram
) -> None:
    """A correction of what a message does not show leaves it alone; so does a change of wording, and one too old."""
    chat.send("/agreed")
    await chat.wait_for_messages()
    tagged = question(app).model_copy(update={"tags": ("telephone",)})
    await correct(app, clock, tagged)
    counts = await done(app, clock)
    assert counts[State.SENT] == 1
    await correct(app, clock, reworded(app, "Nicer:"), Change.MINOR)
    clock.advance(days=91)
    await correct(app, clock, reworded(app, "Late:"))
    await done(app, clock)
    chat.quiet()
    assert not telegram.calls_of("editMessageText")


async def test_what_cannot_be_edited_is_announced_alone(
    chat: FakeChat, app: App, clock: Clock, telegram: FakeTelegram, ann: Person
) -> None:
    """A message deleted meanwhile leaves the notice; whoever blocked the bot gets neither, until they return."""
    chat.send("/agreed")
    await chat.wait_for_messages()
    other = telegram.person("Ben")
    blocked = other.private_chat()
    blocked.send("/agreed")
    await blocked.wait_for_messages()
    other.block()
    await telegram.idle()

    async def refuse(call: Call) -> None:
        if call.method == "editMessageText":
            raise ApiError(400, "Bad Request: message to edit not found")

    telegram.interceptors.append(refuse)
    await correct(app, clock, reworded(app, "In fact:"))
    (notice,) = await chat.wait_for_messages()
    assert "We were wrong." in notice.text
    counts = await done(app, clock)
    assert (counts[State.FAILED], counts[State.GIVEN_UP], counts[State.SENT]) == (1, 1, 1)
    ((_, reached),) = await app.parts.corrections.newest(1, 0)
    assert (reached.arrived, reached.waiting, reached.unreachable) == (1, 0, 1)
    telegram.interceptors.remove(refuse)
    other.unblock()
    blocked.send("/help")
    texts = [message.text for message in await blocked.wait_for_messages(2)]
    assert any("We were wrong." in text for text in texts)


async def test_a_withdrawn_answer_says_so_in_its_place(
    chat: FakeChat, app: App, clock: Clock, telegram: FakeTelegram, ann: Person, channel: TelegramChannel
) -> None:
    """Retracted, the words are gone from where they stood; a message sent through inline mode is changed too."""
    chat.send("/agreed")
    (told,) = await chat.wait_for_messages()
    query = ann.ask_inline(ASKED)
    await answer_to(telegram, query)
    inline = ann.choose_inline(query, f"q_{AGREED}.en.1")
    await handled(telegram, ann)
    await correct(app, clock, question(app), Change.RETRACTION)
    gone = await chat.wait_for_edit(told)
    assert gone.text.startswith("✏️ Withdrawn on 20 March 2025: What did Trump and Putin agree")
    assert "The number was wrong" in gone.text
    assert not gone.buttons
    (notice,) = await chat.wait_for_messages()
    assert "Withdrawn: What did Trump and Putin agree" in notice.text
    await done(app, clock)
    assert telegram.inline_message(inline).text.startswith("✏️ Withdrawn")
    chat.quiet()


async def test_an_answer_on_its_way_when_it_was_corrected_is_not_forgotten(
    chat: FakeChat, app: App, clock: Clock
) -> None:
    """Made from what was published before, and written down after the correction went through: it is edited too."""
    before = app.parts.catalogue.current.questions[AGREED].ref
    await correct(app, clock, reworded(app, "In fact:"))
    await done(app, clock)
    chat.send("/privacy")
    (message,) = await chat.wait_for_messages()
    ledger = app.parts.ledger
    entry = await ledger.enter(Telling(clock(), chat.id, "/start q_what-was-agreed", "en", (before,)))
    assert entry is not None
    await asyncio.sleep(0)
    await ledger.confirm(entry, message.message_id)
    app.parts.owed.set()
    clock.advance(minutes=2)
    edited = await chat.wait_for_edit(message)
    assert "In fact:" in edited.text
    (notice,) = await chat.wait_for_messages()
    assert "We were wrong." in notice.text


async def test_an_answer_that_has_grown_by_a_message_leads_to_the_rest(chat: FakeChat, app: App, clock: Clock) -> None:
    """One message was told and two would be now: it is corrected in place, and a button below it reads all of it."""
    chat.send("/agreed")
    (told,) = await chat.wait_for_messages()
    record = question(app)
    full = [
        record.short[0].model_copy(update={"text": f"In fact, number {number}: {'so ' * 200}{record.short[0].text}"})
        for number in range(8)
    ]
    await correct(app, clock, record.model_copy(update={"full": tuple(full)}))
    edited = await chat.wait_for_edit(told)
    assert "In fact, number 0" in edited.text
    assert "number 7:" not in edited.text
    await chat.wait_for_messages()
    await done(app, clock)
    chat.press(edited, label="Read all of it")
    texts = [message.text for message in await chat.wait_for_messages(2)]
    assert "number 7:" in "".join(texts)


async def test_a_picture_that_told_something_wrong_is_replaced_by_the_right_one(
    chat: FakeChat, app: App, clock: Clock
) -> None:
    """Picture and words are made anew, with the banner above the words; the notice says what changed."""
    chat.send("/timeline picture")
    (told,) = await chat.wait_for_messages()
    assert told.photo
    event = next(iter(app.parts.catalogue.current.events.values())).record
    assert event.title in told.text
    new = [NewRevision(event.model_copy(update={"title": "Another name"}), Change.CORRECTION, "Misnamed")]
    await publish(app.database, new, author="a", note="", now=clock())
    await app.parts.catalogue.refresh()
    app.parts.owed.set()
    edited = await chat.wait_for_edit(told)
    assert edited.text.startswith("✏️ Corrected on 20 March 2025: Misnamed")
    assert "Another name" in edited.text
    assert edited.photo
    assert edited.photo != told.photo
    (notice,) = await chat.wait_for_messages()
    assert "→ Another name" in notice.text
    await done(app, clock)
