"""/topics: the processes followed; choosing the one that this chat asks about."""

from bot.commands.context import Context
from bot.domain.process import Process
from bot.domain.revision import Revision
from bot.rendering.limits import LABEL_LIMIT, clipped
from bot.rendering.pages.asking import TopicsPage
from bot.rendering.reply import Button, Reply, Rows


async def topics(context: Context) -> Reply:
    """Return the list of processes, or choose the one that is named."""
    if not context.arguments:
        return _list(context)
    process = context.snapshot.named(context.snapshot.processes, context.arguments)
    if process is None:
        return _list(context, unknown=context.arguments)
    await context.parts.topics.choose(context.request.chat.id, process.record.slug)
    return _chosen(context, process)


def _list(context: Context, unknown: str = "") -> Reply:
    processes = tuple(revision.record for revision in context.snapshot.processes.values())
    chosen = context.process.record.slug if context.process else ""
    page = TopicsPage(processes, chosen, just_chosen=False, unknown=unknown)
    return context.reply(page, _buttons(processes) if len(processes) > 1 else ())


def _chosen(context: Context, process: Revision[Process]) -> Reply:
    page = TopicsPage((process.record,), process.record.slug, just_chosen=True, unknown="")
    labels = context.labels
    buttons = ((Button(labels.brief, "/brief"), Button(labels.questions, "/questions")),)
    return context.reply(page, buttons, turns=True)


def _buttons(processes: tuple[Process, ...]) -> Rows:
    return tuple((Button(clipped(process.title, LABEL_LIMIT), f"/topics {process.slug}"),) for process in processes)
