"""Which terminals can hide an address behind a text (OSC 8). No terminal can be asked, so they are known by name."""

from collections.abc import Mapping
from typing import Final

_PROGRAMS: Final = frozenset({"ghostty", "Hyper", "iTerm.app", "rio", "Tabby", "vscode", "WarpTerminal", "WezTerm"})
_TERMS: Final = ("alacritty", "contour", "foot", "ghostty", "xterm-ghostty", "xterm-kitty")
_MARKS: Final = ("DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION")
_VTE: Final = 5000  # the first VTE with links, as VTE_VERSION writes it (0.50)
_MULTIPLEXERS: Final = ("screen", "tmux")


def shows_links(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal is known to show links. `FORCE_HYPERLINK=0` or `=1` overrules what is known here."""
    forced = environment.get("FORCE_HYPERLINK", "")
    if forced:
        return forced != "0"
    term = environment.get("TERM", "")
    if term == "dumb" or term.startswith(_MULTIPLEXERS):  # what a multiplexer passes on is nobody's to know
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM", "") in _PROGRAMS
        or term.startswith(_TERMS)
        or any(mark in environment for mark in _MARKS)
        or (vte.isdecimal() and int(vte) >= _VTE)
    )
