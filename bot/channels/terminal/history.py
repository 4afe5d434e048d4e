"""What was typed before, in a file that only its owner can read; without the file, for this session only."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from prompt_toolkit.history import History

from bot.channels.terminal.clean import one_line
from bot.channels.terminal.numbers import pressed_number

KEPT: Final = 1000  # lines
_PRIVATE: Final = 0o600


def history_path(environment: Mapping[str, str], home: Path) -> Path:
    """Return where the history lies by the XDG base directory rules, which allow absolute folders only."""
    state = Path(environment.get("XDG_STATE_HOME", ""))
    return (state if state.is_absolute() else home / ".local" / "state") / "parley" / "history"


class FileHistory(History):
    """Lines in a file, oldest first. Whatever fails with the file is let be: it must not come between questions."""

    def __init__(self, path: Path) -> None:
        """Keep the path; nothing is read or made before it is needed."""
        super().__init__()
        self._path: Final = path

    def load_history_strings(self) -> Iterable[str]:
        """Return the newest lines, newest first, and shorten the file where it has grown to twice of what is kept."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
            if len(lines) > 2 * KEPT:
                self._write("".join(f"{line}\n" for line in lines[-KEPT:]), os.O_TRUNC)
        except OSError:
            return ()
        return [one_line(line) for line in reversed(lines[-KEPT:])]

    def append_string(self, string: str) -> None:
        """Remember a line, unless it only pressed a button: the number would press another one next time."""
        line = one_line(string)
        if line and pressed_number(line) is None:
            super().append_string(line)

    def store_string(self, string: str) -> None:
        """Write the line to the file."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(f"{string}\n", os.O_APPEND)
        except OSError:
            return

    def _write(self, text: str, how: int) -> None:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | how, _PRIVATE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            self._path.chmod(_PRIVATE)  # it may be there already, readable by others
            file.write(text)
