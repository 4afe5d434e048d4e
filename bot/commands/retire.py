"""/retire: an owner withdraws a record; readers no longer get it."""

import asyncio
import json
from collections.abc import Iterable, Sequence

from bot.commands import cards
from bot.commands.confirming import asking
from bot.commands.context import Context
from bot.domain.gate import faults
from bot.domain.record import Record
from bot.domain.revision import Change
from bot.rendering.pages.desk import DeskPage, FaultsPage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Reply
from bot.services.publish import published_now, write_publication
from bot.storage.confirmations import Pending
from bot.storage.database import Connection
from bot.storage.records import NewRevision


async def retire(context: Context) -> Reply:
    """Return what retiring the record means, and the button that does it."""
    name, _, reason = context.arguments.partition(" ")
    if not name or not reason.strip():
        return context.reply(DeskPage("retire usage"))
    published = [revision.record for revision in context.snapshot.published]
    found = _named(published, name)
    if not found:
        return context.reply(NotFoundPage("record", name))
    if len(found) > 1:
        return context.reply(DeskPage("retire which", title=", ".join(map(_key, found))))
    if missed := await asyncio.to_thread(_missed, published, found[0]):
        return context.reply(FaultsPage(missed, retiring=cards.title(found[0])))
    payload = json.dumps({"key": _key(found[0]), "reason": reason.strip()})
    question = DeskPage("retire confirm", title=cards.title(found[0]))
    return Reply((await asking(context, question, Pending("retire", payload)),))


async def retire_now(context: Context, connection: Connection, payload: str, choice: str) -> Reply:  # noqa: ARG001
    """Write the retraction, by what is published now."""
    said = json.loads(payload)
    published = [revision.record for revision in await published_now(connection)]
    found = _named(published, said["key"])
    if not found:
        return context.reply(NotFoundPage("record", said["key"]), turns=True)
    if missed := await asyncio.to_thread(_missed, published, found[0]):
        return context.reply(FaultsPage(missed, retiring=cards.title(found[0])), turns=True)
    author = f"telegram:{context.request.reader.id}"
    revision = NewRevision(found[0], Change.RETRACTION, said["reason"])
    await write_publication(connection, [revision], author=author, note=said["reason"], now=context.request.now)
    return context.reply(DeskPage("retired", title=cards.title(found[0])), turns=True)


def _key(record: Record) -> str:
    return f"{record.kind}/{record.slug}"


def _named(published: Iterable[Record], name: str) -> list[Record]:
    """Return the records of that slug, or of that kind and slug (`question/what-was-agreed`)."""
    return [record for record in published if name in {_key(record), str(record.slug)}]


def _missed(published: Sequence[Record], retired: Record) -> tuple[str, ...]:
    """Return what other records would miss if this one were gone."""
    world = {(record.kind, str(record.slug)): record for record in published}
    before = set(faults(world))
    del world[retired.kind, str(retired.slug)]
    return tuple(f"{fault.kind} {fault.slug}: {fault.problem}" for fault in faults(world) if fault not in before)
