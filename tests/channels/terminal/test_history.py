"""The history's file."""

from pathlib import Path

from bot.channels.terminal.history import KEPT, FileHistory, history_path


def test_where_it_lies() -> None:
    """By the XDG rules: an absolute folder counts, anything else does not."""
    home = Path("/home/x")
    assert history_path({"XDG_STATE_HOME": "/state"}, home) == Path("/state/parley/history")
    for odd in ({}, {"XDG_STATE_HOME": ""}, {"XDG_STATE_HOME": "state"}):
        assert history_path(odd, home) == home / ".local/state/parley/history"


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    """A file of more than twice what is kept is cut to the newest lines."""
    path = tmp_path / "history"
    path.write_text("".join(f"{number}x\n" for number in range(2 * KEPT + 1)))
    loaded = list(FileHistory(path).load_history_strings())
    assert loaded[0] == f"{2 * KEPT}x"
    assert len(loaded) == len(path.read_text().splitlines()) == KEPT


def test_a_file_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """The first line written takes everybody else's rights."""
    path = tmp_path / "history"
    path.touch(mode=0o644)
    FileHistory(path).append_string("/help")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """Bytes that are no text, and escapes, do no harm."""
    path = tmp_path / "history"
    path.write_bytes(b"/help\n\xff\x1b[2J\n")
    assert list(FileHistory(path).load_history_strings()) == ["\ufffd[2J", "/help"]
