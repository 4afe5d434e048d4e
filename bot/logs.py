"""Logging: one line an entry on standard error, the bot's token taken out of each, tracebacks included."""

import logging
import re
import sys
from typing import Final

# A token as Telegram makes them. Anywhere in an entry, in a URL as well, the secret half is dropped.
_TOKEN: Final = re.compile(r"(\d{5,20}):[A-Za-z0-9_-]{20,}")
_QUIET: Final = ("aiosqlite", "alembic", "asyncio", "httpcore", "httpx", "sqlalchemy", "telegram")


def redacted(text: str) -> str:
    """Return `text` without the secret half of any token in it."""
    return _TOKEN.sub(r"\1:[token]", text)


class RedactingFormatter(logging.Formatter):
    """Takes tokens out of what is finally written, so that no logger, level or traceback can leak one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the entry without tokens."""
        return redacted(super().format(record))


def set_up_logging(level: str) -> None:
    """Log to standard error at `level`; libraries speak only from WARNING up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("{asctime} {levelname:7} {name}: {message}", style="{"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # It logs the whole of an answer that it cannot read, perhaps a proxy's page; the error is raised to us anyway.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
