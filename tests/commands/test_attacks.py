"""Nobody does with a desk's command what their role does not allow: every command of the registry, every way to try."""

import sqlite3
from contextlib import closing
from typing import Final

import pytest

from bot.app import App
from bot.commands.registry import COMMANDS
from bot.commands.request import Attachment, Chat, ChatKind, Reader, Request
from bot.commands.router import Answered
from bot.domain.roles import Role
from bot.rendering.limits import visible
from bot.settings import Settings
from tests.commands.conftest import Talk
from tests.commands.writing.conftest import ANNA, CARL, OWNER, READER, WRITTEN, Desk, follow, staffed
from tests.conftest import Clock

GROUP, GONE = -100, 12
DESK_COMMANDS: Final = [command for command in COMMANDS if command.role]
ARGUMENTS: Final = (
    *("", "1", "1 yes", "1 now", "1 back", "1 cancel", "1 update", "1 set question x", "what-was-agreed wrong"),
    *("question/what-was-agreed 1", "question", f"{READER} editor Eve", str(ANNA), "true 14.1", "seen 14", "add 1 who"),
    *("dismiss 1 why", "answer 1", "csv"),
)
TOLD: Final = ("ledger", "ledger_tells", "sqlite_sequence")  # an answer, "no such command" too, is noted there


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with an owner and a group for the desk; what is confirmed is held for two minutes."""
    return settings.model_copy(update={"owner_ids": (OWNER,), "desk_chat_id": GROUP})


@pytest.fixture
async def desk(app: App, clock: Clock) -> Desk:
    """Return a desk at work: a draft in a dialogue, something held, a question in the queue, records that are due."""
    desk = await staffed(app, clock)
    await app.parts.team.grant(GONE, Role.EDITOR, "Gone", by="telegram:7", now=clock())
    await desk.reader.say("Who won the harbour regatta in Montevideo?")
    await follow(desk.anna, *WRITTEN)
    await desk.reader.say("/subscribe")
    await follow(desk.bea, "/bulletin Hold this", ">Yes, do it")
    await Talk(app, clock, chat=GONE, reader=GONE).say("/edit question/what-was-agreed")
    await app.parts.team.revoke(GONE, by="telegram:7", now=clock())
    clock.advance(days=60)
    return desk


def stored(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Return all that the database holds, but for what was told."""
    with closing(sqlite3.connect(settings.database_url.removeprefix("sqlite+aiosqlite:///"))) as plain:
        tables = [name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: plain.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables if name not in TOLD}  # noqa: S608


async def tried(app: App, clock: Clock, reader: int, line: tuple[str, str], **how: object) -> Answered:
    """Return the answer to a command that somebody tries; `how` is what the request has besides."""
    chat = how.pop("chat", Chat(reader, ChatKind.PRIVATE))
    assert isinstance(chat, Chat)
    request = Request(Reader(reader, "Eve", "en"), chat, *line, clock(), **how)  # type: ignore[arg-type]  # by name
    return await app.router.answer(request)


def hinted(answered: Answered, name: str) -> set[str]:
    """Return which commands of the desk the answer, which must be that there is no such command, gives away."""
    (owed,) = answered.owed
    text = visible(owed.message.html)
    assert text.startswith(f"There is no command /{name}.")
    offered = text + " ".join(button.line for row in owed.message.buttons for button in row)
    words = offered.removeprefix(f"There is no command /{name}.").replace("?", " ").replace(".", " ").split()
    return {word[1:] for word in words if word.startswith("/")} & {command.name for command in DESK_COMMANDS}


async def test_who_lacks_the_role_finds_no_command_and_changes_nothing(
    app: App, clock: Clock, desk: Desk, settings: Settings
) -> None:
    """Typed and pressed, with whatever arguments, as reader, as who was an editor, and beyond what the role allows."""
    names = {command.name for command in DESK_COMMANDS}
    assert {"queue", "stats", "stale", "history", "new", "edit", "publish", "retire", "grant", "audit"} <= names
    before = stored(settings)
    for reader, has in ((READER, None), (GONE, None), (CARL, Role.CONTRIBUTOR), (ANNA, Role.EDITOR)):
        for command in DESK_COMMANDS:
            assert command.role is not None
            if has and has.covers(command.role):
                continue
            for number, arguments in enumerate(ARGUMENTS[:: 1 if reader == GONE else 3]):
                pressed = number if number % 2 else None
                answered = await tried(app, clock, reader, (command.name, arguments), pressed=pressed)
                assert has or not hinted(answered, command.name)
                assert f"There is no command /{command.name}." in answered.owed[0].message.html
    assert stored(settings) == before
    for arguments in ARGUMENTS:
        await tried(app, clock, OWNER, ("stale", arguments))
        await tried(app, clock, OWNER, ("queue", arguments))
    assert stored(settings) != before


async def test_in_a_group_nobody_works_on_the_desk_but_for_its_own_buttons(
    app: App, clock: Clock, desk: Desk, settings: Settings
) -> None:
    """An owner and an editor find no command there, nor does a reader; neither typed nor, in another group, pressed."""
    before = stored(settings)
    for reader in (OWNER, ANNA, READER):
        for command in DESK_COMMANDS:
            for arguments in ARGUMENTS[:: 4 if reader == READER else 2]:
                for group, pressed in ((GROUP, None), (-5, 3)):
                    chat = Chat(group, ChatKind.GROUP)
                    line = (command.name, arguments)
                    answered = await tried(app, clock, reader, line, chat=chat, pressed=pressed)
                    assert not hinted(answered, command.name)
    for command in DESK_COMMANDS:
        for arguments in ARGUMENTS:
            chat = Chat(GROUP, ChatKind.GROUP)
            answered = await tried(app, clock, READER, (command.name, arguments), chat=chat, pressed=3)
            assert not hinted(answered, command.name)
    assert stored(settings) == before


async def test_a_forwarded_command_does_nothing_even_for_an_owner(
    app: App, clock: Clock, desk: Desk, settings: Settings
) -> None:
    """It is somebody else's words: who may is told so, who may not hears of no command."""
    before = stored(settings)
    for command in DESK_COMMANDS:
        for arguments in ARGUMENTS[::3]:
            answered = await tried(app, clock, OWNER, (command.name, arguments), forwarded=True)
            assert "orward" in answered.owed[0].message.html
            assert not hinted(await tried(app, clock, READER, (command.name, arguments), forwarded=True), command.name)
    assert stored(settings) == before


async def test_what_another_person_writes_confirms_or_holds_cannot_be_pressed(
    app: App, clock: Clock, desk: Desk, settings: Settings
) -> None:
    """A stranger, a contributor and a revoked editor press every button that the others were shown; nothing happens."""
    await desk.owner.say("/bulletin Hello")
    shown = [message for talk in (desk.owner, desk.anna, desk.bea) for message in talk.sent]
    lines = {button.line for message in shown for row in message.buttons for button in row if button.line}
    assert any(line.startswith("/confirm ") for line in lines)
    assert any(line.startswith("/draft ") for line in lines)
    before = stored(settings)
    for line in sorted(lines):
        name, _, arguments = line[1:].partition(" ")
        for reader in (READER, CARL, GONE):
            if not (reader == CARL and name in {"new", "drafts", "edit"}):  # a contributor's own commands
                await tried(app, clock, reader, (name, arguments), pressed=1)
    assert stored(settings) == before


async def test_the_words_and_files_of_who_was_an_editor_are_a_readers(
    app: App, clock: Clock, desk: Desk, settings: Settings
) -> None:
    """The dialogue that was open when the role was taken away takes nothing more; a file is not even fetched."""
    before = stored(settings)
    answered = await tried(app, clock, GONE, ("", "What did Trump and Putin agree on the telephone?"))
    assert "What did Trump and Putin agree" in answered.owed[0].message.html
    request = Request(Reader(GONE, "", "en"), Chat(GONE, ChatKind.PRIVATE), "", "", clock())
    assert not await app.router.takes_file(request)
    file = Attachment("what-was-agreed.md", b"---\nquestion: Mine?\n---\n# Short\n\nYes.\n")
    assert "There is no command" in (await tried(app, clock, GONE, ("", ""), attachment=file)).owed[0].message.html
    assert stored(settings) == before


async def test_a_button_that_changes_something_does_so_once(
    app: App, clock: Clock, desk: Desk, settings: Settings
) -> None:
    """Every press that comes twice finds it done: confirmed, held, sent, dismissed, verified, looked at."""
    await desk.owner.say("/bulletin Hello")
    due = next(line for line in await lines_of(desk.owner, "/stale") if line.startswith("/stale true "))
    asked = next(line for line in await lines_of(desk.owner, "/queue") if line.startswith("/queue "))
    yes = next(
        button.line
        for message in desk.owner.sent
        for row in message.buttons
        for button in row
        if button.line.startswith("/confirm ") and not button.line.endswith(" no")
    )
    for line in (yes, due, f"{asked.replace('/queue ', '/queue dismiss ')} why"):
        name, _, arguments = line[1:].partition(" ")
        await tried(app, clock, OWNER, (name, arguments), pressed=1)
        once = stored(settings)
        for _ in range(2):
            await tried(app, clock, OWNER, (name, arguments), pressed=1)
        assert stored(settings) == once, line


async def lines_of(talk: Talk, line: str) -> list[str]:
    """Return the command lines behind the buttons of the answer."""
    await talk.say(line)
    return [button.line for row in talk.sent[-1].buttons for button in row]
