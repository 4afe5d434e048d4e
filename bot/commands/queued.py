"""From the queue to writing: a new answer, or other wordings of a question that has one."""

from bot.commands.context import Context
from bot.commands.writing.beginning import begin_with, propose
from bot.domain.plain import Value
from bot.domain.revision import Change
from bot.domain.statement import LINE_LIMIT
from bot.rendering.pages.desk import DeskPage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Reply
from bot.services.clusters import Cluster

_WORDINGS = 5  # of a cluster: the most asked; more would make a list that nobody reads


async def write_answer(context: Context, cluster: Cluster) -> Reply:
    """Begin a question that has the readers' words as its paraphrases."""
    words: list[Value] = list(_wordings(cluster))
    return await begin_with(context, "question", cluster.process, {"paraphrases": words})


async def add_wordings(context: Context, cluster: Cluster, slug: str) -> Reply:
    """Propose the readers' words as paraphrases of a published question: a change of wording like any other."""
    published = context.snapshot.questions.get(slug)
    if published is None:
        return context.reply(NotFoundPage("record", slug))
    record = published.record
    known = {words.casefold() for words in (record.question, *record.paraphrases)}
    added = [words for words in _wordings(cluster) if words.casefold() not in known]
    if not added:
        return context.reply(DeskPage("wordings known", title=record.question))
    changed = record.model_copy(update={"paraphrases": (*record.paraphrases, *added)})
    return await propose(context, published, changed, Change.MINOR, f"paraphrases from readers: {'; '.join(added)}")


def _wordings(cluster: Cluster) -> list[str]:
    return [words for words in cluster.wordings if len(words) <= LINE_LIMIT][:_WORDINGS]
