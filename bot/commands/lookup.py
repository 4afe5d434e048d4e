"""Finding the record that a reader's words behind a command name."""

from bot.commands.context import Context
from bot.domain.process import Process
from bot.domain.revision import Revision


def process_named(context: Context, words: str) -> Revision[Process] | None:
    """Return the process that `words` name, the chat's own where there are none, None where no process is so called."""
    if not words:
        return context.process
    return context.snapshot.named(context.snapshot.processes, words)


def process_and_rest(context: Context, words: str) -> tuple[Revision[Process] | None, str]:
    """Return the process whose slug comes first in `words`, else the chat's own, and the words behind it."""
    first, _, rest = words.partition(" ")
    named = context.snapshot.processes.get(first.lower())
    return (named, rest.strip()) if named else (context.process, words.strip())


def title_of(process: Revision[Process] | None) -> str:
    """Return the process's title, "" where there is none."""
    return process.record.title if process else ""
