"""`parley chat`: the conversation in a terminal, or through a pipe."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.channels.terminal.lines import Lines, PipedLines
from bot.channels.terminal.plain import render_plain
from bot.channels.terminal.plain_screen import PlainScreen
from bot.channels.terminal.session import LEAVING, READER, Session
from bot.commands.context import Parts
from bot.commands.router import Router
from bot.rendering.pages.terminal import TerminalPage


async def chat(router: Router, parts: Parts, *, now: Callable[[], datetime], interactive: bool) -> None:
    """Answer what is typed, or what standard input holds, until it ends or someone leaves.

    `interactive` says that a person sits at both ends, so that there are a prompt, colours and folded texts. `now`
    returns an aware time. Returns quietly where standard output closes first.
    """
    _never_fail_to_encode(sys.stdout)
    try:
        if interactive:
            await _with_person(router, parts, now)
        else:
            session = Session(router, parts, PlainScreen(sys.stdout), now)
            await _converse(PipedLines(sys.stdin.fileno()), session)
    except BrokenPipeError:
        _close_quietly(sys.stdout)


async def _with_person(router: Router, parts: Parts, now: Callable[[], datetime]) -> None:
    # Imported here: whoever pipes does not pay for the prompt and the colours.
    from rich.console import Console  # noqa: PLC0415

    from bot.channels.terminal.completion import Candidate, candidates  # noqa: PLC0415
    from bot.channels.terminal.history import FileHistory, history_path  # noqa: PLC0415
    from bot.channels.terminal.links import shows_links  # noqa: PLC0415
    from bot.channels.terminal.prompt import Prompt  # noqa: PLC0415
    from bot.channels.terminal.rich_screen import RichScreen  # noqa: PLC0415

    def word(moment: str) -> str:
        return render_plain(parts.templates.render(TerminalPage(moment), READER.locale))

    def suggest(line: str) -> Iterator[Candidate]:
        menu = parts.templates.labels(READER.locale).menu
        return candidates(line, parts.catalogue.current, {**menu, **dict.fromkeys(LEAVING, word("quit"))})

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    # Without colours rich writes no links either, so the addresses have to be written out.
    links = console.color_system is not None and shows_links(os.environ)
    session = Session(router, parts, RichScreen(console, links=links, unfold=word("unfold")), now)
    history = FileHistory(history_path(os.environ, Path.home()))
    await session.greet()
    await _converse(Prompt(history, suggest, ask=word("prompt"), reply=word("reply prompt")), session)


async def _converse(lines: Lines, session: Session) -> None:
    while (line := await lines.read(replying=session.replying)) is not None:
        if not await session.take(line):
            return


def _never_fail_to_encode(stream: TextIO) -> None:
    """Let a stream that cannot write a character write `?` for it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def _close_quietly(stream: TextIO) -> None:
    """Point the stream at nothing: at its end the interpreter flushes it, and would complain of the broken pipe."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, stream.fileno())
    os.close(nothing)
