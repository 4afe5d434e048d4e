"""/queue: what readers could not find, alike ones together, by how many asked; and what the desk does about each."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.process import extract
from rapidfuzz.utils import default_process

from bot.catalogue.snapshot import in_process
from bot.commands import complaints
from bot.commands.context import Context
from bot.commands.finding import find
from bot.commands.paging import cut, split_page, turning
from bot.commands.queued import add_wordings, write_answer
from bot.commands.writing.access import number_in
from bot.domain.base import Kind
from bot.domain.question import Question
from bot.rendering.limits import LABEL_LIMIT, clipped
from bot.rendering.pages.queue import ClusterLine, ClusterPage, QueuePage
from bot.rendering.reply import Button, Reply, Rows
from bot.services.clusters import Cluster
from bot.services.team import author

_A_PAGE: Final = 8
_SHOWN: Final = 6  # wordings of a cluster
_CLOSEST: Final = 3
_REASON: Final = 200  # characters


async def queue(context: Context) -> Reply:
    """Return a page of the queue, or what one of its buttons asks for: `12`, `dismiss 12 why`, `reports`."""
    words, page = split_page(context.arguments)
    verb, _, rest = words.partition(" ")
    match verb:
        case "":
            return await _listed(context, page)
        case "reports":
            return await complaints.listed(context, page)
        case "record":
            return await complaints.shown(context, number_in(rest))
        case "seen":
            return await complaints.seen(context, number_in(rest))
        case "dismiss":
            return await _dismiss(context, rest)
        case "answer" | "add":
            return await _write(context, rest)
    return await _shown(context, number_in(verb))


async def closest(context: Context, cluster: Cluster) -> tuple[Question, ...]:
    """Return the published questions that are nearest to what was asked, those that the search finds first."""
    snapshot, process = context.snapshot, cluster.process or None
    finding = await find(context.parts, snapshot, cluster.wordings[0], process)
    found = [hit.slug for hit in finding.ranked if hit.kind is Kind.QUESTION and hit.slug in snapshot.questions]
    titles = {str(rev.record.slug): rev.record.question for rev in in_process(snapshot.questions, process)}
    spelt = extract(cluster.wordings[0], titles, scorer=fuzz.token_set_ratio, processor=default_process, limit=_CLOSEST)
    near = dict.fromkeys([*found, *(slug for _, _, slug in spelt)])
    return tuple(snapshot.questions[slug].record for slug in list(near)[:_CLOSEST])


async def _listed(context: Context, page: int | None) -> Reply:
    clusters = await context.parts.clusters.all()
    shown, paging = cut(clusters, page, _A_PAGE)
    labels = context.labels
    lines = [ClusterLine(item.wordings[0], item.readers, len(item.wordings), item.wishes) for item in shown]
    buttons = [
        (Button(clipped(f"{item.readers}: {item.wordings[0]}", LABEL_LIMIT), f"/queue {item.id}"),) for item in shown
    ]
    complained = await complaints.waiting(context)
    reports = ((Button(f"{labels.complaints} ({len(complained)})", "/queue reports"),),) if complained else ()
    readers = sum(item.readers for item in clusters)
    return context.reply(
        QueuePage(lines, paging, readers),
        (*buttons, *turning(paging, "/queue", labels), *reports),
        turns=context.request.pressed is not None,
    )


async def _shown(context: Context, number: int) -> Reply:
    cluster = await context.parts.clusters.read(number)
    if cluster is None:
        return _page(context, "gone", None, _back(context))
    head, labels = f"/queue {{}} {cluster.id}", context.labels
    near = await closest(context, cluster)
    buttons = (
        (Button(labels.write_answer, head.format("answer")),),
        *(_add_to(context, cluster, question) for question in near),
        (Button(labels.dismiss, head.format("dismiss")),),
        *_back(context),
    )
    return _page(context, "shown", cluster, buttons, near)


def _add_to(context: Context, cluster: Cluster, question: Question) -> tuple[Button, ...]:
    label = clipped(f"{context.labels.add_to}: {question.question}", LABEL_LIMIT)
    return (Button(label, f"/queue add {cluster.id} {question.slug}"),)


async def _write(context: Context, words: str) -> Reply:
    """Begin an answer to the cluster, `12`, or add its wordings to a question, `12 slug`."""
    number, _, slug = words.partition(" ")
    cluster = await context.parts.clusters.read(number_in(number))
    if cluster is None:
        return _page(context, "gone", None, _back(context))
    return await (add_wordings(context, cluster, slug) if slug else write_answer(context, cluster))


async def _dismiss(context: Context, words: str) -> Reply:
    """Dismiss the cluster, `12 why`, or without a reason ask for one."""
    number, _, reason = words.partition(" ")
    cluster = await context.parts.clusters.read(number_in(number))
    if cluster is None:
        return _page(context, "gone", None, _back(context))
    if not reason:
        reasons = context.labels.dismiss_reasons.values()
        buttons = tuple((Button(word, f"/queue dismiss {cluster.id} {word}"),) for word in reasons)
        return _page(context, "why", cluster, (*buttons, *_back(context)))
    request = context.request
    by = author(request.reader.id)
    await context.parts.clusters.dismiss(cluster, clipped(reason, _REASON), by=by, now=request.now)
    return _page(context, "dismissed", cluster, _back(context))


def _page(context: Context, state: str, cluster: Cluster | None, buttons: Rows, near: Sequence[Question] = ()) -> Reply:
    process = context.snapshot.processes.get(cluster.process) if cluster else None
    page = ClusterPage(
        state=state,
        number=cluster.id if cluster else 0,
        process=process.record.title if process else "",
        words=cluster.wordings[0] if cluster else "",
        others=cluster.wordings[1:_SHOWN] if cluster else (),
        more=max(0, len(cluster.wordings) - _SHOWN) if cluster else 0,
        readers=cluster.readers if cluster else 0,
        wishes=cluster.wishes if cluster else 0,
        newest=cluster.newest.date() if cluster else context.today,
        closest=[question.question for question in near],
    )
    return context.reply(page, buttons, turns=True)


def _back(context: Context) -> Rows:
    return ((Button(context.labels.back_to_queue, "/queue"),),)
