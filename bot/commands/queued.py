"""From the queue to writing: a new answer, or other wordings of a question that has one."""

from bot.commands.context import Context
from bot.commands.writing.beginning import begin_with, propose
from bot.domain.plain import Value
from bot.domain.revision import Change
from bot.rendering.pages.desk import DeskPage
from bot.rendering.pages.records import NotFoundPage
from bot.rendering.reply import Reply
from bot.services.clusters import Cluster, note_of, with_wordings, wordings


async def write_answer(context: Context, cluster: Cluster) -> Reply:
    """Begin a question that has the readers' words as its paraphrases."""
    words: list[Value] = list(wordings(cluster))
    return await begin_with(context, "question", cluster.process, {"paraphrases": words})


async def add_wordings(context: Context, cluster: Cluster, slug: str) -> Reply:
    """Propose the readers' words as paraphrases of a published question: a change of wording like any other."""
    published = context.snapshot.questions.get(slug)
    if published is None:
        return context.reply(NotFoundPage("record", slug))
    changed, added = with_wordings(published.record, cluster)
    if not added:
        return context.reply(DeskPage("wordings known", title=published.record.question))
    return await propose(context, published, changed, Change.MINOR, note_of(added))
