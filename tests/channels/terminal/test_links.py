"""Which terminals can hide an address behind a text."""

import pytest

from bot.channels.terminal.links import shows_links


@pytest.mark.parametrize(
    ("environment", "shows"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4200"}, False),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "tmux-256color", "VTE_VERSION": "7600"}, False),
        ({"TERM": "dumb", "WT_SESSION": "x"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
    ],
)
def test_terminals_are_known_by_their_names(environment: dict[str, str], shows: bool) -> None:  # noqa: FBT001 - a table's column
    """An unknown terminal is taken to have none, since an address that cannot be seen is worse than one too many."""
    assert shows_links(environment) is shows
