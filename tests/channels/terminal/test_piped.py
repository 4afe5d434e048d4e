"""Conversations through a pipe."""

import pytest

from tests.channels.terminal.house import Talk


def test_each_line_is_answered_in_plain_text(talk: Talk) -> None:
    """Commands answer one after the other; there is no prompt, no colour, and nothing folded."""
    brief, agreed = talk.piped("/brief", "/agreed")
    assert brief.splitlines()[0].endswith("ceasefire talks 2025: in brief")
    assert "Hopes for a complete ceasefire of 30 days were not fulfilled" in agreed
    assert "\x1b" not in brief + agreed
    assert "Read on" not in agreed


def test_words_are_a_question(talk: Talk) -> None:
    """Plain words are asked, and the curated question finds itself."""
    (answer,) = talk.piped("What did Trump and Putin agree on the telephone?")
    assert answer.startswith("What did Trump and Putin agree on the telephone?\n\nPutin agreed to suspend")


def test_blank_lines_are_no_questions(talk: Talk) -> None:
    """Blank lines between questions are passed over."""
    assert len(talk.piped("", "/help", "  \t", "/privacy", "")) == 2


def test_nothing_in_nothing_out(talk: Talk) -> None:
    """An empty input ends quietly."""
    assert talk.piped() == [""]


def test_last_line_needs_no_end(talk: Talk) -> None:
    """A last line without a line feed is a line too."""
    assert talk.piped("/privacy", end=b"")[0].startswith("What is kept of you")


@pytest.mark.parametrize("word", ["/quit", "/exit", "/QUIT now"])
def test_quit_leaves(talk: Talk, word: str) -> None:
    """What follows /quit is not answered."""
    assert talk.piped(word, "/help") == [""]


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe\x00 broken",
        b"/party \xc3",
        "\x1b[2J\x1b]0;owned\x07",
        "/agreement \u202eesrever\u2069",
        "/party [bold red]x[/] <b>x</b> &lt;",
        "/" + "x" * 10_000,
        "word " * 2_000,
        "ü" * 10_000,
    ],
)
def test_hostile_lines_are_answered_harmlessly(talk: Talk, line: str | bytes) -> None:
    """Whatever is typed, the answer obeys nothing of it and the next line is answered."""
    answer, after = talk.piped(line, "/privacy")
    assert answer
    assert not any(ord(char) < 0x20 and char != "\n" for char in answer)
    assert "\u202e" not in answer
    assert after.startswith("What is kept of you")


def test_markup_is_shown_as_typed(talk: Talk) -> None:
    """Neither HTML nor anything else in brackets is interpreted."""
    (answer,) = talk.piped("/party [bold]<b>x</b>[/bold]")
    assert "“[bold]<b>x</b>[/bold]”" in answer
