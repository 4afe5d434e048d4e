"""A desk: an owner, two editors, a contributor, and a reader, each in a chat of their own."""

from dataclasses import dataclass

import pytest

from bot.app import App
from bot.domain.roles import Role
from bot.settings import Settings
from tests.commands.conftest import Talk
from tests.conftest import Clock

OWNER, ANNA, BEA, CARL, READER = 7, 8, 9, 10, 11
PROCESS = "ukraine-ceasefire-2025"
ASKED = "Who takes part in the talks in Jeddah?"
# What an editor says and presses for a question, up to where it could be published.
WRITTEN = ("/new question", ASKED, "Ukraine takes part.", ">blue News", ">Next", ">Today", ">fact")


@dataclass
class Desk:
    """The people, by what they are."""

    app: App
    clock: Clock
    owner: Talk
    anna: Talk
    bea: Talk
    carl: Talk
    reader: Talk


async def staffed(app: App, clock: Clock) -> Desk:
    """Return the desk of a house, with Anna and Bea as editors and Carl as contributor."""
    for reader, role, name in (
        (ANNA, Role.EDITOR, "Anna"),
        (BEA, Role.EDITOR, "Bea"),
        (CARL, Role.CONTRIBUTOR, "Carl"),
    ):
        await app.parts.team.grant(reader, role, name, by="telegram:7", now=clock())
    talks = [Talk(app, clock, chat=reader, reader=reader) for reader in (OWNER, ANNA, BEA, CARL, READER)]
    return Desk(app, clock, *talks)


async def follow(talk: Talk, *steps: str) -> str:
    """Say each step, or press the button that it names behind a `>`; return what the last answer says."""
    text = ""
    for step in steps:
        line = talk.button(step[1:]).line if step.startswith(">") else step
        text = await talk.text(line)
    return text


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with an owner; what is confirmed is held for two minutes."""
    return settings.model_copy(update={"owner_ids": (OWNER,), "publish_hold": 120})


@pytest.fixture
async def desk(app: App, clock: Clock) -> Desk:
    """Return the desk of the house that ships."""
    return await staffed(app, clock)
