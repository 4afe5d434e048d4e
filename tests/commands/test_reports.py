"""Reports of errors: what they are about, and that none is swallowed."""

from dataclasses import replace

from bot.commands.request import Chat, ChatKind, Reader, Request
from tests.commands.conftest import Talk


async def test_words_that_begin_like_a_buttons_line_are_a_report(talk: Talk) -> None:
    """What a person says may begin with "on the 18.3": it is no button's line."""
    await talk.say("/agreed")
    assert "report no. 1" in await talk.text("/report on the 18.3 it is wrong")


async def test_a_report_skips_messages_that_told_nothing(talk: Talk) -> None:
    """After a message without any record in it, the report is about the one before."""
    await talk.say("/agreed")
    await talk.say("/asof 2025-03-19 known")
    await talk.say("/help")
    assert "on “What did Trump and Putin agree" in await talk.text("/report wrong")


async def test_an_invented_revision_is_not_asked_about(talk: Talk) -> None:
    """A line that names a record that does not exist is read as words, and there is nothing to report on yet."""
    assert "nothing here yet" in await talk.text("/report on 99999.1")


async def test_in_a_group_a_report_needs_its_message(talk: Talk) -> None:
    """The newest message in a group may have been for somebody else, so the reader is asked to reply to theirs."""
    await talk.say("/agreed")
    request = Request(
        Reader(2, "Ben", "en"), Chat(talk.chat, ChatKind.GROUP), "report", "it is wrong", talk.clock(), home=talk.home
    )
    (owed,) = (await talk.app.router.answer(request)).owed
    assert "reply to the message that is wrong" in owed.message.html
    (owed,) = (await talk.app.router.answer(replace(request, replied_to=1))).owed
    assert "report no. 1" in owed.message.html


async def test_another_bots_command_in_a_group_is_left_to_it(talk: Talk) -> None:
    """An unknown command that does not name us gets no reply; one that does gets the nearest."""
    request = Request(
        Reader(2, "Ben", "en"), Chat(5, ChatKind.GROUP), "weather", "", talk.clock(), home=talk.home, named=False
    )
    assert (await talk.app.router.answer(request)).owed == ()
    (owed,) = (await talk.app.router.answer(replace(request, named=True))).owed
    assert "There is no command /weather" in owed.message.html
