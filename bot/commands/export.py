"""/export: an owner gets everything published as content files."""

import asyncio
import io
import zipfile
from collections.abc import Sequence

from bot.commands.context import Context
from bot.domain.record import Record
from bot.importing.writing import files
from bot.rendering.pages.desk import DeskPage
from bot.rendering.reply import Document, Reply


async def export(context: Context) -> Reply:
    """Return a zip of the content files that would import to the same records."""
    records = [revision.record for revision in context.snapshot.published]
    packed = await asyncio.to_thread(_packed, records)
    message = context.message(DeskPage("exported", count=len(records)))
    return Reply((message.with_document(Document(f"parley-content-{context.today}.zip", packed)),))


def _packed(records: Sequence[Record]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files(records).items():
            archive.writestr(path, data)
    return packed.getvalue()
