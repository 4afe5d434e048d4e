"""/upload and files sent to the bot: an editor's content file is checked, shown as readers would see it, published."""

from typing import Final

from bot.commands.context import Context
from bot.commands.request import ChatKind
from bot.commands.writing.publishing import ask_to_publish
from bot.domain.process import Process
from bot.domain.revision import Change, Revision
from bot.rendering.pages.desk import DeskPage, FaultsPage
from bot.rendering.reply import Reply
from bot.services.proposal import proposed
from bot.services.upload import Checked, check_upload, is_archive, read_upload

_FAULTS: Final = 30  # told at once; the rest come when these are mended


async def upload(context: Context) -> Reply:
    """Return every fault of the file, or its records as readers would see them and the buttons that publish it."""
    attachment = context.request.attachment
    if attachment is None or context.request.chat.kind is not ChatKind.PRIVATE:
        return context.reply(DeskPage("upload usage"))
    if attachment.data is None:
        return context.reply(DeskPage("upload too big"))
    process, note = _process_and_note(context)
    if process is None and not is_archive(attachment.name):
        return context.reply(DeskPage("upload no process"))
    content = await read_upload(attachment.name, attachment.data, str(process.record.slug) if process else "")
    if content.probes and not (content.records or content.faults):
        return context.reply(DeskPage("upload probes"))
    checked = await check_upload(content, context.snapshot.published)
    if checked.faults:
        told, more = checked.faults[:_FAULTS], len(checked.faults) - _FAULTS
        return context.reply(FaultsPage(list(map(str, told)), more=max(0, more)))
    if not (checked.new or checked.changed):
        return context.reply(DeskPage("upload unchanged", count=len(checked.unchanged)))
    return await _ask(context, checked, note)


def _process_and_note(context: Context) -> tuple[Revision[Process] | None, str]:
    """Return the process whose slug the caption begins with, else the chat's own, and the rest of the caption."""
    caption = context.arguments.strip()
    first, _, rest = caption.partition(" ")
    named = context.snapshot.processes.get(first.strip().lower())
    return (named, rest.strip()) if named else (context.process, caption)


async def _ask(context: Context, checked: Checked, note: str) -> Reply:
    labels = context.labels
    choices = [(labels.publish, Change.UPDATE.value)]
    if checked.changed:
        choices = [(labels.as_minor, Change.MINOR.value), (labels.as_update, Change.UPDATE.value)]
        if note:  # readers who were told wrong are owed a reason
            choices.append((labels.as_correction, Change.CORRECTION.value))
    proposal = proposed((*checked.new, *checked.changed), context.snapshot.published, note=note)
    return await ask_to_publish(context, proposal, unchanged=len(checked.unchanged), choices=tuple(choices))
