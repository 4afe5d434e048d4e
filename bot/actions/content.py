"""`parley check` and `parley import`."""

from argparse import Namespace
from collections.abc import Sequence

from bot.app import opened_database, utc_now
from bot.domain.gate import Key
from bot.errors import ContentRefused
from bot.importing import check, read_content
from bot.services.check_content import located, warnings_in
from bot.services.import_content import import_content
from bot.settings import Settings


async def check_folder(arguments: Namespace, settings: Settings) -> int:
    """Report every fault of the folder, or where there is none every warning; returns 1 where there are any."""
    content = read_content(arguments.folder or settings.content_dir)
    if faults := check(content):
        raise ContentRefused((*map(str, faults), _count(len(faults), "fault")))
    if warnings := located(content, warnings_in(content)):
        raise ContentRefused((*map(str, warnings), _count(len(warnings), "warning")))
    print(f"No faults in {_count(len(content.records), 'record')} and {_count(len(content.probes), 'probe')}.")
    return 0


async def import_folder(arguments: Namespace, settings: Settings) -> int:
    """Publish what the folder says and the database does not; returns 0, also where there was nothing to do."""
    async with opened_database(settings) as database:
        done = await import_content(
            database,
            arguments.folder,
            change=arguments.change,
            note=arguments.note,
            over_warnings=arguments.over_warnings,
            now=utc_now(),
        )
    print(f"Added {_named(done.added)}; changed {_named(done.changed)}; left {done.left}.")
    return 0


def _named(keys: Sequence[Key]) -> str:
    names = ", ".join(f"{kind} {slug}" for kind, slug in keys)
    return f"{len(keys)} ({names})" if keys else "0"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
