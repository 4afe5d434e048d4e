"""`parley check` and `parley import`."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.app import fill_if_empty, opened_database, utc_now
from bot.domain.gate import Key
from bot.errors import ContentRefused, UsageError
from bot.importing import check, read_content
from bot.services.check_content import located, warnings_in
from bot.services.import_content import import_content
from bot.settings import Settings

_STEPS: Final = ("reading", "comparing", "checking", "writing")


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
    if (arguments.folder is None) == (arguments.pax is None):
        raise UsageError("Name a folder of content, or --pax and an export of PA-X.")
    if arguments.pax is not None:
        return await _import_pax(arguments.pax, settings, utc_now())
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


async def _import_pax(file: Path, settings: Settings, now: datetime) -> int:
    """Publish an export of PA-X, with a progress bar; an empty database gets the content that ships first."""
    # Imported here: a folder of content needs neither.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from bot.services.import_pax import import_pax  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task("", total=len(_STEPS))

        def on_step(step: str) -> None:
            progress.update(task, description=f"{step.capitalize()} …", completed=_STEPS.index(step))

        async with opened_database(settings) as database:
            await fill_if_empty(database, settings, now)
            done = await import_pax(database, file, now=now, on_step=on_step)
    print(
        f"{done.rows} rows: {done.added} agreements added, {done.changed} changed, {done.same} the same, "
        f"{len(done.edited)} left as the desk has edited them, {done.older} left as a newer coding is stored."
    )
    if done.edited:
        print(f"Edited on the desk: {', '.join(done.edited)}.")
    print(f"{_count(done.processes, 'process', 'processes')} added or changed.")
    return 0


def _named(keys: Sequence[Key]) -> str:
    names = ", ".join(f"{kind} {slug}" for kind, slug in keys)
    return f"{len(keys)} ({names})" if keys else "0"


def _count(number: int, thing: str, things: str = "") -> str:
    return f"{number} {thing if number == 1 else things or thing + 's'}"
