"""`parley export`, `parley backup` and `parley restore`."""

from argparse import Namespace

from bot.app import opened_database, utc_now
from bot.errors import UsageError
from bot.services.backup import back_up, restore
from bot.services.export_content import export_content
from bot.services.export_tables import Format, export_tables
from bot.settings import Settings
from bot.storage.backup import Holding


async def export(arguments: Namespace, settings: Settings) -> int:
    """Write what is published as content files, or all revisions for researchers; returns 0."""
    form = Format(arguments.format)
    if form is not Format.CONTENT:
        if arguments.force:
            raise UsageError("--force replaces a folder of content: name an empty folder for the other formats.")
        async with opened_database(settings) as database:
            revisions, files = await export_tables(database, arguments.out, form, now=utc_now())
        print(f"Wrote {revisions} revisions in {files} file{'s' * (files != 1)} to {arguments.out}.")
        return 0
    async with opened_database(settings) as database:
        done = await export_content(database, arguments.out, force=arguments.force, now=utc_now())
    print(f"Wrote {done.records} records in {done.files} files to {arguments.out}.")
    kept = f"; {done.kept} files that no record can hold were kept" if done.kept else ""
    print(f"Probes are not in the database, so they are not exported{kept}.")
    if done.replaced:
        print(f"What {arguments.out} held before is in {done.replaced}.")
    if done.faults:
        print(f"Some of it leans on what was retracted: `parley check {arguments.out}` names {done.faults} faults.")
    return 0


async def backup(arguments: Namespace, settings: Settings) -> int:
    """Copy the database while the bot runs; returns 0 when the copy is checked and on the disk."""
    made = await back_up(settings.database_url, arguments.file, force=arguments.force)
    print(f"Backed up to {arguments.file}: {made.size:,} bytes, {_held(made.holding)}.")
    return 0


async def restore_backup(arguments: Namespace, settings: Settings) -> int:
    """Make the database what a backup holds; returns 0."""
    done = await restore(settings.database_url, arguments.file, force=arguments.force, now=utc_now())
    print(f"Restored {done.database} from {arguments.file}: {_held(done.holding)}.")
    if done.kept:
        print(f"What it held before is in {done.kept}.")
    if not done.holding.newest:
        print(f"Its schema is {done.holding.version}, an older one: the next start brings it up to date.")
    return 0


def _held(holding: Holding) -> str:
    return f"{holding.records} records, publication {holding.publication}"
