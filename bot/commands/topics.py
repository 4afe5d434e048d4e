"""/topics: the processes followed, in pages and by words; choosing the one that this chat asks about."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from bot.catalogue.shelf import spaced
from bot.catalogue.snapshot import in_process
from bot.commands.context import Context
from bot.commands.paging import cut, split_page, turning
from bot.domain.process import Process
from bot.domain.revision import Revision
from bot.rendering.limits import LABEL_LIMIT, clipped
from bot.rendering.pages.asking import TopicsPage
from bot.rendering.pages.parts import Paging
from bot.rendering.reply import Button, Reply, Rows

_A_PAGE: Final = 10
_ALIKE: Final = 80  # of 100: a word misspelt by a letter or two
Found = Sequence[Revision[Process]]


async def topics(context: Context) -> Reply:
    """Return a page of the processes, those whose names have the words, or choose the one that is named."""
    words, number = split_page(context.arguments)
    if not words:
        return _list(context, _in_order(context), "", number)
    process = context.snapshot.named(context.snapshot.processes, words)
    if process is None:
        return _list(context, _with(context, words), words, number)
    await context.parts.topics.choose(context.request.chat.id, process.record.slug)
    return _chosen(context, process)


def _in_order(context: Context) -> Found:
    """Return the default process first, then those that editors write, then those of datasets by their names."""
    first = context.snapshot.default_process()
    return sorted(
        context.snapshot.processes.values(),
        key=lambda revision: (revision is not first, bool(revision.record.dataset), _name(revision)),
    )


def _name(revision: Revision[Process]) -> str:
    return revision.record.title.casefold() if revision.record.dataset else ""


def _with(context: Context, words: str) -> Found:
    """Return the processes that have all the words in their names, those spelt a little differently included."""
    wanted = spaced(words).split()
    return [revision for revision in _in_order(context) if wanted and _has(revision.record, wanted)]


def _has(process: Process, wanted: Sequence[str]) -> bool:
    there = spaced(" ".join((process.title, *process.aliases))).split()
    return all(any(part.startswith(word) or fuzz.ratio(word, part) >= _ALIKE for part in there) for word in wanted)


def _list(context: Context, found: Found, words: str, number: int | None) -> Reply:
    shown, paging = cut(found, number, _A_PAGE)
    processes = tuple(revision.record for revision in shown)
    chosen = context.process.record.slug if context.process else ""
    page = TopicsPage(processes, chosen, just_chosen=False, words=words, paging=paging)
    several = len(context.snapshot.processes) > 1
    line = f"/topics {words}".rstrip()
    buttons = (*_buttons(processes), *turning(paging, line, context.labels)) if several else ()
    return context.reply(page, buttons, turns=number is not None)


def _chosen(context: Context, process: Revision[Process]) -> Reply:
    page = TopicsPage((process.record,), process.record.slug, just_chosen=True, words="", paging=Paging(1, 1, 1))
    labels, slug = context.labels, process.record.slug
    asked = in_process(context.snapshot.questions, slug)
    second = Button(labels.questions, "/questions") if asked else Button(labels.agreements, f"/agreements {slug}")
    return context.reply(page, ((Button(labels.brief, "/brief"), second),), turns=True)


def _buttons(processes: tuple[Process, ...]) -> Rows:
    return tuple((Button(clipped(process.title, LABEL_LIMIT), f"/topics {process.slug}"),) for process in processes)
