"""Bring a database to today's tables, each migration and its record in one transaction; refuse a newer one."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from bot.errors import NewerDatabase, StorageError
from bot.storage.database import Database

HEAD: Final = "0009"
_FOLDER: Final = Path(__file__).parent / "migrations"


async def migrate(database: Database) -> None:
    """Bring the database to `HEAD`; does nothing where it is there already.

    Raises NewerDatabase where it holds a version this Parley does not know, StorageError where it cannot be written.
    """
    async with database.read() as connection:
        version = await connection.run_sync(_version)
    if version == HEAD:
        return
    async with database.write() as connection:
        await connection.run_sync(_upgrade, database.name)


def _version(connection: Connection) -> str | None:
    names = inspect(connection).get_table_names()
    if "alembic_version" in names:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if names:
        raise StorageError(
            f"The database {connection.engine.url.database} holds tables that are not Parley's: name another file."
        )
    return None


def _upgrade(connection: Connection, name: str) -> None:
    # Imported here: it takes a tenth of a second that a start with nothing to migrate need not pay.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    # Asked again inside the write transaction: another process may have migrated while we waited for our turn.
    version = _version(connection)
    if version is not None and version not in known:
        raise NewerDatabase(
            f"The database {name} was written by a newer Parley (version {version}, this one knows up to {HEAD}): "
            "upgrade Parley, or name another database."
        )
    command.upgrade(config, HEAD)
