"""Text is made harmless before a terminal sees it."""

import pytest

from bot.channels.terminal.clean import clean, one_line


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07text", "]0;titletext"),
        ("\x9b31mred", "31mred"),
        ("a\x00b\x08c\x7fd", "abcd"),
        ("abc\rxyz", "abc xyz"),
        ("a\r\nb", "a\nb"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("\u2066a\u2069\u200f\u200e\u061c\ufeff", "a"),
        ("a\u2028b\tc", "a b c"),
        ("half \ud83d", "half \ufffd"),
        ("whole \U0001f44d, ▫\ufe0f, שלום", "whole \U0001f44d, ▫\ufe0f, שלום"),
    ],
)
def test_what_a_terminal_would_obey_is_gone(given: str, shown: str) -> None:
    """Controls and marks of direction go, all that is to be read stays."""
    assert clean(given) == shown


def test_one_line_is_one_line() -> None:
    """Line ends become spaces, and spaces are single."""
    assert one_line(" a\n\n b\x1b[2J\tc ") == "a b[2J c"
