"""Replies that are kept: made once, and made anew when anything changes that they depend on."""

from datetime import UTC, datetime

import pytest

from bot.commands.command import Command
from bot.commands.registry import COMMANDS
from bot.commands.request import Chat, ChatKind, Reader, Request
from bot.commands.router import Router
from bot.rendering.engine import Templates
from bot.rendering.pages.page import Page
from tests.commands.conftest import Talk
from tests.conftest import NOW

READS = [command for command in COMMANDS if command.reads]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[Page]:
    """Return the pages as they are rendered."""
    pages: list[Page] = []
    render = Templates.render

    def noted(self: Templates, page: Page, locale: str) -> str:
        pages.append(page)
        return render(self, page, locale)

    monkeypatch.setattr(Templates, "render", noted)
    return pages


async def test_what_only_reads_is_rendered_once(talk: Talk, rendered: list[Page]) -> None:
    """Asked again, by anybody, an answer costs no rendering, and it is noted in the ledger each time all the same."""
    first = await talk.say("/agreed")
    other = await Talk(talk.app, talk.clock, chat=2, reader=2).say("/agreed")
    assert len(rendered) == 1
    assert first.owed[0].message == other.owed[0].message
    assert first.owed[0].entry != other.owed[0].entry


async def test_what_a_reply_depends_on_makes_it_anew(talk: Talk, rendered: list[Page]) -> None:
    """Another day, other words, another place of buttons: each has a reply of its own."""
    for line in ("/agreements", "/agreements rejected", "/questions"):
        await talk.say(line)
        await talk.say(line)
    assert len(rendered) == 3
    talk.clock.advance(days=1)
    await talk.say("/questions")
    await talk.say("/questions", pressed=1)
    assert len(rendered) == 5


@pytest.mark.parametrize("command", READS, ids=lambda command: command.name)
async def test_a_command_that_reads_depends_on_no_person(talk: Talk, command: Command) -> None:
    """Whoever asks, wherever, at whatever hour: a command that says that it only reads answers the same."""
    router = Router(talk.app.parts)
    request = _request(command, 1, NOW)
    others = [_request(command, 2, NOW), _request(command, 1, datetime(2025, 3, 20, 23, 59, tzinfo=UTC))]
    for other in others:
        assert await Router(talk.app.parts).reply(other) == await router.reply(request)


def _request(command: Command, who: int, now: datetime) -> Request:
    return Request(Reader(who, f"Reader {who}", "en"), Chat(who, ChatKind.PRIVATE), command.name, "", now)
