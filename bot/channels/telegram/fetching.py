"""Fetching: the file that came with a message."""

from typing import Final

from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.persistence import until_through
from bot.channels.telegram.updates import Document
from bot.commands.request import Attachment
from bot.importing.text import MAX_BYTES

_TOO_BIG: Final = "too big"


async def fetch(bot: Bot, document: Document) -> Attachment:
    """Return the file; without its content where that is larger than content files may be."""
    name = document.file_name or ""
    too_big = Attachment(name, None)
    if (document.file_size or 0) > MAX_BYTES:
        return too_big
    try:
        file = await until_through(lambda: bot.get_file(document.file_id))
    except BadRequest as error:
        if _TOO_BIG not in error.message.lower():
            raise
        return too_big
    data = bytes(await until_through(file.download_as_bytearray))
    return too_big if len(data) > MAX_BYTES else Attachment(name, data)
