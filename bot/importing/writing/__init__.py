"""Records -> the content files that describe them, in the form that content/README.md shows.

    files(records)   relative path -> the bytes of the file

What is written reads back to records of the same bodies. Probes are no records: they stay with whoever keeps the files.
"""

from bot.importing.writing.files import files

__all__ = ["files"]
