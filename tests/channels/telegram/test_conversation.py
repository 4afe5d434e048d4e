"""A reader asks on Telegram."""

import pytest

from bot.app import App
from bot.channels.telegram.channel import TelegramChannel
from bot.commands.registry import COMMANDS
from bot.domain.revision import Change, RevisionRef
from bot.services.publish import publish
from bot.storage.records import NewRevision
from tests.conftest import Clock
from tests.telegram import ApiError, Call, FakeChat, FakeTelegram, Person


async def test_a_command_is_answered_with_its_source(chat: FakeChat) -> None:
    """/agreed brings the answer with numbered citations, its date, its source and a share link."""
    chat.send("/agreed")
    (answer,) = await chat.wait_for_messages()
    assert "30 days" in answer.text
    assert "[1]" in answer.text
    assert "As of 18 March 2025" in answer.text
    assert "blue News" in answer.text
    assert "t.me/parley_test_bot?start=q_what-was-agreed" in answer.text


async def test_plain_words_are_a_question(chat: FakeChat) -> None:
    """What is typed without a command is asked."""
    chat.send("What did Trump and Putin agree on the telephone?")
    (answer,) = await chat.wait_for_messages()
    assert answer.text.startswith("What did Trump and Putin agree")


async def test_the_button_is_answered_first_and_leads_on(telegram: FakeTelegram, chat: FakeChat) -> None:
    """A pressed button stops its clock before its message comes."""
    chat.send("/start")
    (hello,) = await chat.wait_for_messages()
    chat.press(hello, label="In brief")
    (brief,) = await chat.wait_for_messages()
    assert "in brief" in brief.text
    done = [call.method for call in telegram.calls if call.method in {"answerCallbackQuery", "sendMessage"}]
    assert done == ["sendMessage", "answerCallbackQuery", "sendMessage"]


async def test_a_page_turns_in_place(chat: FakeChat) -> None:
    """The button "As we knew it then" takes the place of the message whose button was pressed."""
    chat.send("/asof 2025-03-19")
    (page,) = await chat.wait_for_messages()
    chat.press(page, label="As we knew it then")
    turned = await chat.wait_for_edit(page)
    assert "Nothing had been recorded here by that day" in turned.text
    chat.quiet()


async def test_pressing_twice_is_no_error(telegram: FakeTelegram, chat: FakeChat) -> None:
    """An edit that changes nothing is refused by Telegram and ignored by the bot."""
    chat.send("/asof 2025-03-19")
    (page,) = await chat.wait_for_messages()
    chat.press(page, label="As we knew it then")
    await chat.wait_for_edit(page)
    chat.press_data(page, "/asof 2025-03-19 known p1")
    await telegram.idle()
    chat.send("/help")
    (answer,) = await chat.wait_for_messages()
    assert answer.text.startswith("Ask in your own words")
    assert [call.ok for call in telegram.calls_of("editMessageText")] == [True, False]


async def test_the_ledger_knows_what_the_message_told(chat: FakeChat, app: App) -> None:
    """The row names the chat, the message, the command line that makes it again, and the revisions."""
    chat.send("/agreed")
    (answer,) = await chat.wait_for_messages()
    question = app.parts.catalogue.current.questions["what-was-agreed"]
    chat.send("/help")
    await chat.wait_for_messages()
    told = await app.parts.ledger.told(chat.id, answer.message_id)
    assert told is not None
    assert told.line == "/start q_what-was-agreed"
    assert question.ref in told.tells


async def test_a_rating_is_thanked_for_over_its_button(telegram: FakeTelegram, chat: FakeChat) -> None:
    """👍 shows a short thank-you and sends no message."""
    chat.send("/agreed")
    (answer,) = await chat.wait_for_messages()
    chat.press(answer, label="👍")
    await telegram.idle()
    chat.send("/help")
    await chat.wait_for_messages()
    assert telegram.answered_callbacks[0].text == "Thank you. Good to know that this helped."


async def test_an_error_is_reported_by_replying(chat: FakeChat, app: App) -> None:
    """The button asks what is wrong; the reply to that is the report, kept with the revision that was told."""
    chat.send("/agreed")
    (answer,) = await chat.wait_for_messages()
    chat.press(answer, label="Report an error")
    (prompt,) = await chat.wait_for_messages()
    assert "What is wrong in “What did Trump and Putin agree on the telephone?”?" in prompt.text
    chat.send("The date is missing", reply_to=prompt)
    (thanks,) = await chat.wait_for_messages()
    assert "report no. 1" in thanks.text
    assert "with the version that you were shown" in thanks.text


@pytest.mark.parametrize(
    ("payload", "title"),
    [
        ("q_what-was-agreed", "What did Trump and Putin agree"),
        ("a_energy-strikes-pause", "Pause in strikes on energy infrastructure"),
        ("p_ukraine-ceasefire-2025", "Russia\u2013Ukraine ceasefire talks 2025: in brief"),
        ("y_russia", "Russia"),
    ],
)
async def test_a_deep_link_leads_to_its_card(chat: FakeChat, payload: str, title: str) -> None:
    """A start payload opens the question, agreement, process or party that it names."""
    chat.send(f"/start {payload}")
    (card,) = await chat.wait_for_messages()
    assert card.text.startswith(title)


async def test_a_link_that_leads_nowhere_says_so(chat: FakeChat) -> None:
    """An unknown payload gets the welcome and a word about the link."""
    chat.send("/start q_gone")
    (hello,) = await chat.wait_for_messages()
    assert "no longer here" in hello.text
    assert "Hello." in hello.text


async def test_the_menu_is_made_from_the_content(telegram: FakeTelegram, chat: FakeChat) -> None:
    """The questions' own commands come first, then every listed one."""
    chat.send("/start")
    await chat.wait_for_messages()
    names = list(telegram.commands())
    assert names[:5] == ["agreed", "ukraine", "next", "putin", "trump"]
    assert names[5:] == [command.name for command in COMMANDS if command.listed and command.role is None]


async def test_a_group_is_answered_only_when_it_asks(
    telegram: FakeTelegram, channel: TelegramChannel, ann: Person
) -> None:
    """In a group the bot heeds commands and its own name, and nothing else."""
    group = telegram.group("Newsroom", [ann])
    group.send(ann, "What did Trump and Putin agree on the telephone?")
    group.send(ann, "/agreed@another_bot")
    group.send(ann, "/agreed@parley_test_bot")
    (first,) = await group.wait_for_messages()
    assert first.text.startswith("What did Trump and Putin agree")
    assert first.reply_to is not None
    group.send(ann, "@parley_test_bot what happens next in the talks?")
    (second,) = await group.wait_for_messages()
    assert second.text.startswith("What happens next")
    group.quiet()


async def test_a_topic_is_answered_in_that_topic(telegram: FakeTelegram, channel: TelegramChannel, ann: Person) -> None:
    """In a forum group the answer, and what its buttons lead to, stay in the topic of the question."""
    group = telegram.group("Forum", [ann], forum=True)
    topic = telegram.topic(group, "Ukraine")
    group.send(ann, "/agreed", thread=topic)
    (answer,) = await group.wait_for_messages()
    assert answer.thread_id == topic
    group.press(answer, label="Where this comes from", by=ann)
    (quotes,) = await group.wait_for_messages()
    assert quotes.thread_id == topic


async def test_an_update_that_cannot_be_read_harms_no_other(
    telegram: FakeTelegram, channel: TelegramChannel, chat: FakeChat
) -> None:
    """A poisoned update is skipped; the one behind it in the same batch is answered."""
    telegram.push({"message": {"message_id": "not a number", "chat": 7, "date": {}, "from": []}})
    telegram.push({"message": None, "callback_query": "nonsense"})
    chat.send("/help")
    (answer,) = await chat.wait_for_messages()
    assert answer.text.startswith("Ask in your own words")


async def test_a_forged_button_does_what_its_line_would(telegram: FakeTelegram, chat: FakeChat) -> None:
    """Data that is no command line of ours is answered with nothing; an unknown token is called expired."""
    chat.send("/start")
    (hello,) = await chat.wait_for_messages()
    chat.press_data(hello, "'; DROP TABLE records; --")
    chat.press_data(hello, "~not-a-token")
    await telegram.idle()
    chat.send("/help")
    await chat.wait_for_messages()
    assert [answer.text or "" for answer in telegram.answered_callbacks] == [
        "",
        "This button has expired, or is not yours. Please ask again.",
    ]
    chat.quiet()


async def test_html_that_telegram_cannot_parse_is_sent_plain(telegram: FakeTelegram, chat: FakeChat) -> None:
    """Where Telegram refuses our HTML, the reader gets the plain text rather than nothing."""
    refused: list[Call] = []

    async def refuse_html(call: Call) -> None:
        if call.method == "sendMessage" and call.params.get("parse_mode") == "HTML":
            refused.append(call)
            raise ApiError(400, "Bad Request: can't parse entities: made up by this test")

    telegram.interceptors.append(refuse_html)
    chat.send("/agreed")
    (answer,) = await chat.wait_for_messages()
    assert len(refused) == 1
    assert "blue News" in answer.text
    assert "<b>" not in answer.text


async def test_what_is_published_meanwhile_is_answered_from(chat: FakeChat, app: App, clock: Clock) -> None:
    """The ledger tells the new revision once the catalogue has seen the publication."""
    old = app.parts.catalogue.current.questions["what-was-agreed"]
    changed = old.record.model_copy(update={"question": "What was agreed, in short?"})
    await publish(app.database, [NewRevision(changed, Change.MINOR, "shorter")], author="desk", note="", now=clock())
    await app.parts.catalogue.refresh()
    chat.send("/agreed")
    (answer,) = await chat.wait_for_messages()
    assert answer.text.startswith("What was agreed, in short?")
    chat.send("/help")
    await chat.wait_for_messages()
    told = await app.parts.ledger.told(chat.id, answer.message_id)
    assert told is not None
    assert RevisionRef(old.ref.record, old.ref.number + 1) in told.tells
