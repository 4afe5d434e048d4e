"""The command line: what it takes, with an example for each command, and which exit code tells what.

0: done; 1: the answer is "no" (faults found, nothing published, a new miss); 2: used wrongly, or something that only
the operator can mend, said in one line.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from bot import __version__
from bot.domain.revision import Change
from bot.domain.roles import Role
from bot.errors import ContentRefused, ParleyError
from bot.logs import redacted, set_up_logging
from bot.settings import Settings, read_settings

_INTERRUPTED: Final = 130
Action = Callable[[argparse.Namespace, Settings], Coroutine[object, object, int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        set_up_logging(settings.log_level if chosen.verbose else "WARNING")
        return asyncio.run(_action(chosen.action)(chosen, settings))
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


def _action(name: str) -> Action:
    """Return what a command does. Imported when it is called for: `parley ask` need not wait for what others need."""
    module, _, function = name.partition(".")
    action: Action = getattr(import_module(f"bot.actions.{module}"), function)
    return action


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
    _add_keeping(commands)
    _add_desk(commands)
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
    run.set_defaults(action="running.run", verbose=True)
    chat = _command(commands, "chat", "talk to the bot in the terminal", "parley chat")
    chat.set_defaults(action="running.chat")


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
    ask.set_defaults(action="asking.ask")
    probe = _command(
        commands,
        "probe",
        "measure whether the content's probes find their answers; exit code 1 on a new miss",
        "parley probe content/\n         parley probe --entries entries.jsonl --queries queries.jsonl",
    )
    probe.add_argument("folder", nargs="?", type=Path, help="the content (default: PARLEY_CONTENT_DIR)")
    probe.add_argument("--entries", type=Path, metavar="FILE", help="measure on these entries instead, JSON lines")
    probe.add_argument("--queries", type=Path, metavar="FILE", help="with these questions, JSON lines")
    probe.add_argument("--explain", action="store_true", help="list all that went less than well, with scores")
    probe.add_argument("--json", action="store_true", help="print the measures as one JSON object")
    probe.set_defaults(action="probing.probe")


def _add_content(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = _command(
        commands,
        "check",
        "report every fault and warning of content files with file, line and what to do",
        "parley check content/",
    )
    check.add_argument("folder", nargs="?", type=Path, help="the content (default: PARLEY_CONTENT_DIR)")
    check.set_defaults(action="content.check_folder")
    import_ = _command(
        commands,
        "import",
        "publish content files, or an export of PA-X: all of it or nothing",
        "parley import content/\n         parley import content/ --change correction --note 'the date was wrong'\n"
        "         parley import --pax pax_export.csv",
    )
    import_.add_argument("folder", type=Path, nargs="?", help="the content")
    import_.add_argument(
        "--pax",
        type=Path,
        metavar="FILE",
        help="a CSV export of the PA-X Peace Agreements Database, instead of a folder",
    )
    import_.add_argument(
        "--change", type=Change, choices=list(Change), help="the kind of change, where published records change"
    )
    import_.add_argument("--note", default="", help="what changed and why; kept with the revisions")
    import_.add_argument(
        "--over-warnings", action="store_true", help="publish although the gate warns; the note says so"
    )
    import_.set_defaults(action="content.import_folder")


def _add_keeping(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = _command(
        commands,
        "export",
        "write what is published as content files, in the form that import reads",
        "parley export --out content-today/\n         parley export --out tables/ --format csv",
    )
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder that is empty or not there")
    export.add_argument(
        "--format",
        choices=("content", "jsonl", "csv"),
        default="content",
        help="content files (the default), or all revisions with ids and sources as JSON lines or CSV",
    )
    export.add_argument("--force", action="store_true", help="replace a folder of content; the old one is kept beside")
    export.set_defaults(action="keeping.export")
    backup = _command(
        commands,
        "backup",
        "copy the database into a file, checked, while the bot runs",
        "parley backup parley-2025-03-20.db",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="the backup to make")
    backup.add_argument("--force", action="store_true", help="replace the file if it is there")
    backup.set_defaults(action="keeping.backup")
    restore = _command(
        commands,
        "restore",
        "put a backup back in the database's place, checked, while the bot is stopped",
        "parley restore parley-2025-03-20.db",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup")
    restore.add_argument(
        "--force", action="store_true", help="replace a database that holds something; it is kept beside"
    )
    restore.set_defaults(action="keeping.restore_backup")


def _add_desk(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    desk = _command(
        commands,
        "desk",
        "what the desk does on Telegram, for scripts: the same gate, second editor and audit",
        "parley desk publish what-was-agreed.md --change update --note 'more is known'",
    )
    verbs = desk.add_subparsers(required=True, metavar="WHAT")
    publish = _command(
        verbs,
        "publish",
        "publish a content file, or a zip of a process's folder",
        "parley desk publish what-was-agreed.md --change minor --note 'a shorter title'",
    )
    publish.add_argument(
        "--change", type=Change, choices=[Change.MINOR, Change.UPDATE, Change.CORRECTION], help="the kind of change"
    )
    publish.set_defaults(since=None)
    correct = _command(
        verbs,
        "correct",
        "publish a content file as a correction",
        "parley desk correct what-was-agreed.md --since 2 --note 'it is 30 days, not 60'",
    )
    correct.add_argument("--since", type=int, metavar="N", help="the first version that was wrong")
    correct.set_defaults(change=Change.CORRECTION)
    for command in (publish, correct):
        command.add_argument("file", type=Path, metavar="FILE", help="the content file, or a zip")
        command.add_argument("--process", default="", metavar="SLUG", help="the process it belongs to")
        command.add_argument("--note", default="", help="what changed and why")
        command.add_argument("--over-warnings", action="store_true", help="publish although the gate warns")
        command.set_defaults(action="desk.publish")
    retire = _command(verbs, "retire", "withdraw a record", "parley desk retire what-was-agreed --note 'withdrawn'")
    retire.add_argument("record", metavar="RECORD", help="its slug, or kind/slug")
    retire.add_argument("--note", required=True, help="why")
    retire.set_defaults(action="desk.retire")
    grant = _command(verbs, "grant", "give somebody a role", "parley desk grant 123456789 editor Anna")
    grant.add_argument("id", type=int, metavar="ID", help="their Telegram number")
    grant.add_argument("role", choices=[Role.CONTRIBUTOR.value, Role.EDITOR.value], help="contributors write drafts")
    grant.add_argument("name", nargs="?", default="", metavar="NAME", help="what to call them")
    grant.set_defaults(action="desk.grant")
    revoke = _command(verbs, "revoke", "take a role away", "parley desk revoke 123456789")
    revoke.add_argument("id", type=int, metavar="ID", help="their Telegram number")
    revoke.set_defaults(action="desk.revoke")
    _add_overview(verbs)


def _add_overview(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    queue = _command(verbs, "queue", "list what readers could not find, the most asked first", "parley desk queue")
    queue.add_argument("--json", action="store_true", help="print one JSON object a line")
    queue.set_defaults(action="desk_queue.queue")
    dismiss = _command(verbs, "dismiss", "take an entry out of the queue", "parley desk dismiss 12 'not ours'")
    dismiss.add_argument("number", type=int, metavar="NUMBER", help="the entry's, as the queue lists it")
    dismiss.add_argument("reason", metavar="REASON", help="why")
    dismiss.set_defaults(action="desk_queue.dismiss")
    add = _command(
        verbs,
        "add",
        "add an entry's wordings to a question, as paraphrases",
        "parley desk add 12 what-was-agreed",
    )
    add.add_argument("number", type=int, metavar="NUMBER", help="the entry's, as the queue lists it")
    add.add_argument("question", metavar="QUESTION", help="the question's slug")
    add.add_argument("--over-warnings", action="store_true", help="publish although the gate warns")
    add.set_defaults(action="desk_queue.add")
    stats = _command(verbs, "stats", "print the week in numbers", "parley desk stats --csv > parley.csv")
    stats.add_argument("--csv", action="store_true", help="print the last 90 days, a row for each thing counted")
    stats.set_defaults(action="desk_queue.stats")
