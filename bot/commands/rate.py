"""/rate: 👍 or 👎 for the revision that was told; it only stands behind buttons."""

from bot.commands.context import NOTHING, Context
from bot.domain.revision import RevisionRef
from bot.rendering.reply import Reply
from bot.storage.feedback import Verdict


async def rate(context: Context) -> Reply:
    """Keep the verdict and thank for it over the button; anything that is no button's line gets no reply."""
    word, _, written = context.arguments.partition(" ")
    ref = RevisionRef.parse(written)
    if word not in set(Verdict) or ref is None:
        return NOTHING
    request, labels = context.request, context.labels
    verdict = Verdict(word)
    if not await context.parts.feedback.rate(request.reader.id, ref, verdict, request.now):
        return Reply(notice=labels.rated_gone)
    return Reply(notice=labels.rated_up if verdict is Verdict.UP else labels.rated_down)
