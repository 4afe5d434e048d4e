"""PA-X exports -> agreements in their processes, every fault with its line and reason.

    read_export(name, data, today)    the rows of an export and what is wrong with it
    records_of(rows, columns, known)  the records that the rows describe

PA-X is the peace agreements database of the University of Edinburgh. Its columns are read by name, so that both the
explorer's export and the official versions can be imported.
"""

from bot.importing.pax.export import Export, PaxRow, read_export
from bot.importing.pax.records import SOURCE, records_of

__all__ = ["SOURCE", "Export", "PaxRow", "read_export", "records_of"]
