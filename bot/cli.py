"""The command line: what it takes, with an example for each command, and which exit code tells what.

0: done; 1: the answer is "no" (faults found, nothing published, a new miss); 2: used wrongly, or something that only
the operator can mend, said in one line.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot import __version__
from bot.actions import asking, content, probing, running
from bot.domain.revision import Change
from bot.errors import ContentRefused, ParleyError
from bot.logs import redacted, set_up_logging
from bot.settings import read_settings

_INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        set_up_logging(settings.log_level if chosen.verbose else "WARNING")
        return int(asyncio.run(chosen.action(chosen, settings)))
    except ContentRefused as error:
        print(*error.report, sep="\n")
        return error.exit_code
    except ParleyError as error:
        print(f"parley: {redacted(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone. Without this Python would complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="parley",
        description="Answers readers' questions about negotiations, with the source of every statement.",
        epilog="Settings come from the environment and from .env; .env.example lists them.",
    )
    parser.add_argument("--version", action="version", version=f"parley {__version__}")
    parser.set_defaults(verbose=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_running(commands)
    _add_asking(commands)
    _add_content(commands)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str, example: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=text,
        description=f"{text[0].upper()}{text[1:]}.",
        epilog=f"Example: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_running(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = _command(
        commands,
        "run",
        "run the bot: on Telegram where PARLEY_TELEGRAM_TOKEN is set, else in the terminal",
        "PARLEY_TELEGRAM_TOKEN=123456789:AAE… parley run",
    )
    run.set_defaults(action=running.run, verbose=True)
    chat = _command(commands, "chat", "talk to the bot in the terminal", "parley chat")
    chat.set_defaults(action=running.chat)


def _add_asking(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ask = _command(
        commands,
        "ask",
        "ask one question, or with - one on each line of standard input",
        'parley ask "what did they agree on?"\n         parley ask --json - < questions.txt',
    )
    ask.add_argument(
        "question", nargs="?", default="-", metavar="QUESTION", help="the question; - reads standard input"
    )
    ask.add_argument("--json", action="store_true", help="print one JSON object a line")
    ask.set_defaults(action=asking.ask)
    probe = _command(
        commands,
        "probe",
        "measure whether the content's probes find their answers; exit code 1 on a new miss",
        "parley probe content/",
    )
    probe.add_argument("folder", nargs="?", type=Path, help="the content (default: PARLEY_CONTENT_DIR)")
    probe.add_argument("--json", action="store_true", help="print the measures as one JSON object")
    probe.set_defaults(action=probing.probe)


def _add_content(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = _command(
        commands,
        "check",
        "report every fault of content files with file, line and what to do",
        "parley check content/",
    )
    check.add_argument("folder", nargs="?", type=Path, help="the content (default: PARLEY_CONTENT_DIR)")
    check.set_defaults(action=content.check_folder)
    import_ = _command(
        commands,
        "import",
        "publish content files: all of them or none",
        "parley import content/\n         parley import content/ --change correction --note 'the date was wrong'",
    )
    import_.add_argument("folder", type=Path, help="the content")
    import_.add_argument(
        "--change", type=Change, choices=list(Change), help="the kind of change, where published records change"
    )
    import_.add_argument("--note", default="", help="what changed and why; kept with the revisions")
    import_.set_defaults(action=content.import_folder)
