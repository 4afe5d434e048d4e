"""What a line may become."""

import pytest

from bot.app import App
from bot.channels.terminal.completion import Candidate, candidates


def offered(app: App, line: str) -> list[Candidate]:
    """Return what is offered for the line."""
    menu = app.parts.templates.labels("en").menu
    return list(candidates(line, app.parts.catalogue.current, {**menu, "quit": "Leave"}))


async def test_commands_are_offered_with_what_they_do(app: App) -> None:
    """Listed commands, the questions' own, and those of the terminal."""
    found = {candidate.text: candidate.about for candidate in offered(app, "/")}
    assert found["/brief"] == "The main points"
    assert found["/agreed"] == "What did Trump and Putin agree on the telephone?"
    assert found["/quit"] == "Leave"
    assert "/rate" not in found
    assert all(found.values())


async def test_commands_begin_with_what_is_typed(app: App) -> None:
    """The whole line is replaced."""
    assert {candidate.text for candidate in offered(app, "/Agre")} == {"/agreements", "/agreement", "/agreed"}
    assert {candidate.replaces for candidate in offered(app, "/Agre")} == {5}


@pytest.mark.parametrize(
    ("line", "slug"),
    [
        ("/agreement black", "black-sea-ceasefire"),
        ("/party Kreml", "russia"),
        ("/brief ", "ukraine-ceasefire-2025"),
        ("/topics ukr", "ukraine-ceasefire-2025"),
        ("/sources what-was", "what-was-agreed"),
        ("/positions full", "full-ceasefire-30-days"),
    ],
)
async def test_names_follow_their_commands(app: App, line: str, slug: str) -> None:
    """Slugs are offered for what the record is called, and replace only what was typed of it."""
    first = offered(app, line)[0]
    assert first.text == slug
    assert first.replaces == len(line.partition(" ")[2])
    assert first.about


@pytest.mark.parametrize("line", ["", "what", "/privacy x", "/nothing x", "/party zzz"])
async def test_nothing_is_offered_where_nothing_fits(app: App, line: str) -> None:
    """Questions are not completed, nor commands that take no name."""
    assert offered(app, line) == []
