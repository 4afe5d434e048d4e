"""Roles: who is on the desk, what each finds there, and the audit of it that nobody can change."""

from collections.abc import Mapping

import pytest
from sqlalchemy import delete, update

from bot.app import App, opened
from bot.commands.registry import COMMANDS
from bot.domain.roles import Role
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage import audit
from bot.storage.tables import audit as audit_table
from tests.commands.conftest import Talk
from tests.conftest import Clock

OWNER, EDITOR, CONTRIBUTOR, READER = 7, 8, 9, 10


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with an owner."""
    return settings.model_copy(update={"owner_ids": (OWNER,)})


@pytest.fixture
def owner(app: App, clock: Clock) -> Talk:
    """Return the owner's conversation."""
    return Talk(app, clock, chat=OWNER, reader=OWNER)


async def test_each_finds_the_commands_of_their_role_and_no_other(app: App, clock: Clock, owner: Talk) -> None:
    """By the registry: /help names what one may use, everything else is unknown, and no reply hints at it."""
    await owner.text(f"/grant {EDITOR} editor Anna")
    assert f"{CONTRIBUTOR} is a contributor now." in await owner.text(f"/grant {CONTRIBUTOR} contributor")
    have = {OWNER: Role.OWNER, EDITOR: Role.EDITOR, CONTRIBUTOR: Role.CONTRIBUTOR, READER: None}
    for reader, role in have.items():
        talk = Talk(app, clock, chat=reader, reader=reader)
        told = await talk.text("/help")
        for command in COMMANDS:
            if command.role is None:
                continue
            may = role is not None and role.covers(command.role)
            assert (f"/{command.name} \u2013" in told) == (may and command.listed), command.name
            if not may:
                assert "There is no command" in await talk.text(f"/{command.name} 1")
                assert f"Did you mean /{command.name}?" not in await talk.text(f"/{command.name}x")


async def test_a_role_is_given_taken_and_seen_by_every_process(
    app: App, clock: Clock, owner: Talk, settings: Settings
) -> None:
    """What one process grants, another knows at once where it counts; what it revokes likewise."""
    assert "Say whom" in await owner.text("/grant")
    assert "Say whom" in await owner.text("/grant 5 owner")
    assert "Say whom" in await owner.text("/grant five editor")
    assert "Owners are named in the settings" in await owner.text(f"/grant {OWNER} editor")
    async with opened(settings, clock) as other:
        assert "• Anna Maria (8): editor" in await owner.text("/grant 8 EDITOR Anna Maria")
        assert await other.parts.team.has(EDITOR, Role.CONTRIBUTOR)
        assert not await other.parts.team.has(EDITOR, Role.OWNER)
        assert other.parts.team.role(EDITOR) is None  # until it looks, at most a second later
        assert await other.parts.team.refresh()
        assert other.parts.team.role(EDITOR) is Role.EDITOR
        assert "8 has no role any more" in await owner.text("/revoke 8")
        assert not await other.parts.team.has(EDITOR, Role.CONTRIBUTOR)
    assert "Nobody with that number" in await owner.text("/revoke 8")
    assert "Say whose role" in await owner.text("/revoke Anna")
    assert "Anna" not in await owner.text("/team")


async def test_the_audit_is_read_in_pages_and_never_changed(app: App, clock: Clock, owner: Talk) -> None:
    """Who did what, when, newest first; the database itself refuses to change or erase an entry."""
    async with app.database.write() as connection:
        for number in range(25):
            await audit.note(connection, clock(), "telegram:7", "tried", f"<b>thing {number}</b>")
    text = await owner.text("/audit")
    assert "2025-03-20 12:00 telegram:7 tried <b>thing 24</b>" in text
    assert "Page 1 of 3, 26 entries" in text
    await owner.press("More")
    turned = await owner.press("More")
    assert turned.turns
    assert "thing 0" in owner.sent[-1].html
    assert "import published" in owner.sent[-1].html
    changes: Mapping[str, object] = {"change": update(audit_table).values(what=""), "erase": delete(audit_table)}
    for statement in changes.values():
        with pytest.raises(StorageError, match="only added to"):
            async with app.database.write() as connection:
                await connection.execute(statement)  # type: ignore[call-overload]  # either kind of statement
    assert "thing 24" in await owner.text("/audit")


def test_the_menus_name_exactly_the_commands_of_each_role(app: App) -> None:
    """Each listed command stands in the menu of its role and of no other, with its words."""
    labels = app.parts.templates.labels("en")
    menus = {None: labels.menu, Role.CONTRIBUTOR: labels.contributor_menu, Role.EDITOR: labels.editor_menu}
    for role, menu in (*menus.items(), (Role.OWNER, labels.owner_menu)):
        assert set(menu) == {command.name for command in COMMANDS if command.listed and command.role is role}
