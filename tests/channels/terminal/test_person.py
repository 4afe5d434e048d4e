"""Conversations with a person at a prompt, driven by their keys."""

import stat
from pathlib import Path

import pytest

from tests.channels.terminal.house import Talk

HINT = "Type a question or a button's number."


def test_a_person_is_welcomed(talk: Talk) -> None:
    """The welcome and how to go on come first; Ctrl-D leaves."""
    screen = talk.typed("")
    assert "Hello. Ask me about the Russia" in screen
    assert HINT in screen


def test_typed_commands_are_answered_within_the_width(talk: Talk) -> None:
    """No line is wider than the window, not even with addresses and long titles."""
    screen = talk.typed("/agreed\r/sources\r/agreement energy-strikes-pause\r")
    assert "Who says what" in screen
    assert max(map(len, screen.splitlines())) < 80


def test_long_answers_are_folded_and_unfold(talk: Talk) -> None:
    """The number below a folded answer shows all of it; the buttons keep their numbers."""
    folded, unfolded = talk.typed("/agreed\r"), talk.typed("/agreed\r1\r")
    last_words = "but a first step seems to have been taken"
    assert "1) Read on" in folded
    assert last_words not in " ".join(folded.split())
    assert last_words in " ".join(unfolded.replace("▎", "").split())
    assert unfolded.count("8) Where this comes from") == 2
    assert unfolded.count("1) Read on") == 1


def test_ctrl_c_clears_the_line(talk: Talk) -> None:
    """What was typed before Ctrl-C is not asked."""
    screen = talk.typed("/agreed\x03/privacy\r")
    assert "What is kept of you" in screen
    assert "Putin agreed to suspend" not in screen


def test_ctrl_c_on_an_empty_line_says_how_to_leave(talk: Talk) -> None:
    """It does not end the conversation."""
    assert talk.typed("\x03").count(HINT) == 2


def test_enter_on_an_empty_line_says_how_to_go_on(talk: Talk) -> None:
    """An empty line is no question."""
    assert talk.typed("\r").count(HINT) == 2


def test_pasted_lines_are_one_question(talk: Talk) -> None:
    """A paste with line ends and escapes in it is one line without them."""
    assert "There is no command /agreedx." in talk.typed("\x1b[200~/agreedx\nand\x1b[2Jmore\x1b[201~\r")


def test_what_was_typed_is_kept_for_its_owner_alone(talk: Talk, tmp_path: Path) -> None:
    """The history holds lines, not the numbers of buttons, and nobody else can read it."""
    talk.typed("/privacy\r1\r")
    history = tmp_path / "state" / "parley" / "history"
    assert history.read_text() == "/privacy\n"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


def test_the_history_comes_back(talk: Talk) -> None:
    """The arrow up brings the last line of the session before."""
    talk.typed("/privacy\r")
    assert "What is kept of you" in talk.typed("\x1b[A\r")


def test_a_history_that_cannot_be_written_stops_nobody(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the way of the folder is no reason not to answer."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert "What is kept of you" in talk.typed("/privacy\r")


def test_colours_come_only_where_they_are_wanted(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal has bold and colour, with NO_COLOR no colour, a dumb one neither."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[36m" in talk.typed("/privacy\r")
    monkeypatch.setenv("NO_COLOR", "1")
    plain = talk.typed("/privacy\r")
    assert "\x1b[36m" not in plain
    assert "\x1b[1m" in plain
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[" not in talk.typed("/privacy\r")
