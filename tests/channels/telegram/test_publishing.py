"""An owner publishes from Telegram: files to the bot, files from the bot, a menu of their own."""

import asyncio

import pytest

from bot.app import App
from bot.channels.telegram.channel import TelegramChannel
from bot.commands.registry import COMMANDS
from bot.domain.roles import Role
from bot.importing.text import MAX_BYTES
from bot.settings import Settings
from tests.conftest import ROOT
from tests.telegram import ApiError, Call, FakeChat, FakeTelegram, Person

OWNER = 700
FILE = ROOT / "content" / "ukraine-ceasefire-2025" / "questions" / "what-was-agreed.md"
CHANGED = FILE.read_text(encoding="utf-8").replace("command: agreed", "command: pact", 1).encode()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with an owner."""
    return settings.model_copy(update={"owner_ids": (OWNER,)})


@pytest.fixture
def olga(telegram: FakeTelegram) -> Person:
    """Return the owner, who has written to the bot before."""
    olga = telegram.person(first_name="Olga", id=OWNER)
    olga.private_chat().started = True
    return olga


@pytest.fixture
def desk(olga: Person, channel: TelegramChannel) -> FakeChat:
    """Return the owner's private chat with the running bot."""
    return olga.private_chat()


async def test_a_file_is_previewed_published_and_in_service(
    telegram: FakeTelegram, desk: FakeChat, chat: FakeChat
) -> None:
    """From a file on a phone to a reader's answer: sent, shown, confirmed in place, asked for."""
    desk.send_document(FILE.name, CHANGED, caption="renamed its command")
    card, question = await desk.wait_for_messages(2)
    assert card.text.startswith("What did Trump and Putin agree on the telephone?")
    assert card.buttons == ()
    assert "change: What did Trump and Putin agree" in question.text
    desk.press(question, label="Publish: wording only, tell nobody")
    done = await desk.wait_for_edit(question)
    assert done.text == "Published: 1 record."
    assert done.buttons == ()
    chat.send("/pact")
    (answer,) = await chat.wait_for_messages()
    assert answer.text.startswith("What did Trump and Putin agree on the telephone?")


async def test_faults_come_with_their_lines(desk: FakeChat) -> None:
    """What is wrong in the file is named, and nothing is offered."""
    desk.send_document(FILE.name, CHANGED.replace(b"question:", b"kuestion:", 1))
    (faults,) = await desk.wait_for_messages()
    assert "nothing was published" in faults.text
    assert f"{FILE.name}:" in faults.text
    assert faults.buttons == ()


async def test_a_file_that_is_too_big_is_not_fetched(telegram: FakeTelegram, desk: FakeChat) -> None:
    """Its size is known beforehand."""
    desk.send_document(FILE.name, b"x" * (MAX_BYTES + 1))
    (refused,) = await desk.wait_for_messages()
    assert "larger than 1 MiB" in refused.text
    assert telegram.calls_of("getFile") == []


async def test_a_download_that_fails_is_tried_again(telegram: FakeTelegram, desk: FakeChat) -> None:
    """A server error on the way to the file costs nothing but time."""
    failures = [ApiError(502, "Bad Gateway")]

    async def fail(call: Call) -> None:
        if call.method == "getFile" and failures:
            raise failures.pop()

    telegram.interceptors.append(fail)
    desk.send_document(FILE.name, FILE.read_bytes())
    (answer,) = await desk.wait_for_messages()
    assert "nothing new" in answer.text


async def test_a_readers_file_is_not_fetched(telegram: FakeTelegram, chat: FakeChat) -> None:
    """A file from anybody else is left where it is; its caption is a question like any other."""
    chat.send_document(FILE.name, CHANGED, caption="/agreed")
    (answer,) = await chat.wait_for_messages()
    assert answer.text.startswith("What did Trump and Putin agree")
    assert telegram.calls_of("getFile") == []


async def test_an_export_arrives_as_a_file(desk: FakeChat) -> None:
    """/export sends the zip with a line below it."""
    desk.send("/export")
    (export,) = await desk.wait_for_messages()
    assert export.file_name == "parley-content-2025-03-20.zip"
    assert export.text.startswith("All ")
    assert export.document is not None
    assert export.document.startswith(b"PK")


async def test_an_owners_menu_has_the_desks_commands(
    telegram: FakeTelegram, desk: FakeChat, olga: Person, chat: FakeChat, ann: Person
) -> None:
    """An owner's menu names what only owners find; a reader's does not."""
    chat.send("/help")
    await chat.wait_for_messages()
    owners = {command.name for command in COMMANDS if command.role and command.listed}
    assert owners <= set(telegram.menu(olga))
    assert not owners & set(telegram.menu(ann))


async def test_what_an_owner_publishes_is_in_the_menu(
    telegram: FakeTelegram, channel: TelegramChannel, desk: FakeChat, app: App
) -> None:
    """A new command shows up in the menu within a second or two, though this very process has published it."""
    watching = asyncio.create_task(app.parts.catalogue.watch(channel.show_menu))
    desk.send_document(FILE.name, CHANGED)
    _, question = await desk.wait_for_messages(2)
    before = telegram.counts["setMyCommands"]
    desk.press(question, label="Publish: wording only, tell nobody")
    await desk.wait_for_edit(question)
    assert await telegram.world.bell.until(lambda: telegram.counts["setMyCommands"] >= before + 2, 5)
    assert "pact" in telegram.commands()
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def test_an_editors_menu_comes_and_goes_with_the_role(
    telegram: FakeTelegram, channel: TelegramChannel, desk: FakeChat, app: App
) -> None:
    """Within a second or two of the owner's word an editor's own menu has the desk's commands, and then no more."""
    anna = telegram.person(first_name="Anna")
    anna.private_chat().started = True
    watching = asyncio.create_task(app.parts.team.watch(channel.show_menu))
    editors = {command.name for command in COMMANDS if command.listed and command.role is Role.EDITOR}
    owners = {command.name for command in COMMANDS if command.listed and command.role is Role.OWNER}
    desk.send(f"/grant {anna.id} editor Anna")
    await desk.wait_for_messages()
    assert await telegram.world.bell.until(lambda: editors <= set(telegram.menu(anna)), 30)
    assert not owners & set(telegram.menu(anna))
    desk.send(f"/revoke {anna.id}")
    assert await telegram.world.bell.until(lambda: not editors & set(telegram.menu(anna)), 30)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
