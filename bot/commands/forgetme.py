"""/forgetme: shows what is held of the reader, asks once, erases, confirms."""

from bot.commands.confirming import asking
from bot.commands.context import Context
from bot.commands.request import ChatKind
from bot.rendering.pages.desk import DeskPage
from bot.rendering.pages.following import ForgetPage
from bot.rendering.reply import Reply
from bot.storage.confirmations import Pending
from bot.storage.database import Connection


async def forgetme(context: Context) -> Reply:
    """Return what is held and the button that erases it; not in a group, whose chat is not the reader's own."""
    if context.request.chat.kind is ChatKind.GROUP:
        return context.reply(DeskPage("only in private"))
    return Reply((await asking(context, await _page(context, erased=False), Pending("forget", "")),))


async def erase(context: Context, connection: Connection, payload: str, choice: str) -> Reply:  # noqa: ARG001
    """Erase what is held of the reader and of the chat."""
    request, page = context.request, await _page(context, erased=True)
    await context.parts.forgetting.erase(connection, request.reader.id, request.chat.id)
    context.parts.topics.forget(request.chat.id)
    return context.reply(page, turns=True)


async def _page(context: Context, *, erased: bool) -> ForgetPage:
    held = await context.parts.forgetting.held(context.request.reader.id, context.request.chat.id)
    return ForgetPage(
        held.messages, held.subscriptions, held.ratings, held.reports, held.questions, held.wishes, erased
    )
