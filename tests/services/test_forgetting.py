"""Forgetting reaches every table that holds anything of a reader or a chat."""

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Table

from bot.services.forget import Forgetting
from bot.services.pseudonym import Pseudonyms
from bot.storage.database import Database
from bot.storage.tables import metadata
from tests.storage.opening import NOON

READER, OTHER = 5001, 5002
OF_SOMEBODY = {"chat", "reader"}  # columns by these names say whose a row is
PSEUDONYMOUS = {"ratings", "reports", "missed"}


def row(table: Table, number: int, whose: int, pseudonym: str) -> dict[str, object]:
    """Return a row of the table that is somebody's, with something in every column that takes no null."""
    values: dict[str, object] = {}
    for column in table.columns:
        kind = column.type.python_type
        values[column.name] = number if kind is int else NOON.replace(tzinfo=None) if kind is datetime else f"x{number}"
        if column.name in OF_SOMEBODY:
            values[column.name] = pseudonym if table.name in PSEUDONYMOUS else whose
        elif column.nullable:
            values[column.name] = None
    return {name: str(value) if isinstance(value, datetime) else value for name, value in values.items()}


async def test_forgetting_leaves_no_table_out(database: Database, file: Path) -> None:
    """Each table with a column for a chat or a reader loses the reader's rows, and keeps another's."""
    pseudonyms = Pseudonyms(b"secret")
    tables = [table for table in metadata.sorted_tables if OF_SOMEBODY & set(table.columns.keys())]
    with sqlite3.connect(file) as plain:  # this connection does not mind links that lead nowhere
        for table in tables:
            for number, whose in enumerate((READER, OTHER), 1):
                values = row(table, number, whose, pseudonyms.of(whose))
                names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
                plain.execute(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(values.values()))  # noqa: S608
    plain.close()
    async with database.write() as connection:
        await Forgetting(database, pseudonyms).erase(connection, READER, READER)
    with sqlite3.connect(file) as plain:
        left = {table.name: plain.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] for table in tables}  # noqa: S608
    plain.close()
    assert left == dict.fromkeys(left, 1)
    assert {"ledger", "subscriptions", "outbox", "confirmations", "tokens", "reports"} <= set(left)
