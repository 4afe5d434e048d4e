"""Standing: who may decide what a group or a channel follows; Telegram says who its administrators are."""

import logging
from dataclasses import replace
from typing import Final

from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from bot.commands.request import Chat, ChatKind, Request

_LOG: Final = logging.getLogger(__name__)
_RUNS: Final = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
_PRESENT: Final = (*_RUNS, ChatMemberStatus.MEMBER)


async def with_standing(bot: Bot, request: Request) -> Request:
    """Return the request with what its reader may decide: for their group, or for the one that its last word names.

    `/subscribe all @channel`, said in private, is about the channel. Raises python-telegram-bot's errors, but for those
    that say that there is no such chat or that it is not ours to know.
    """
    if request.chat.kind is ChatKind.GROUP:
        return replace(request, administers=await _runs(bot, request.chat.id, request.reader.id))
    words, _, name = request.arguments.rpartition(" ")
    if not name.startswith("@") or len(name) == 1:
        return request
    try:
        found = await bot.get_chat(name.removeprefix("@") if name[1:2] == "-" else name)
        allowed = await _runs(bot, found.id, request.reader.id) and await _may_post(bot, found.id)
    except (BadRequest, Forbidden) as error:
        _LOG.info("A chat could not be looked up: %s", error.message)
        return replace(request, arguments=words, about=Chat(0, ChatKind.GROUP), about_name=name)
    about = Chat(found.id, ChatKind.GROUP)
    return replace(request, arguments=words, administers=allowed, about=about, about_name=name)


async def _runs(bot: Bot, chat: int, reader: int) -> bool:
    """Return whether the reader is an administrator; whoever speaks as the chat itself is, whom nobody knows is not."""
    if reader == chat:
        return True
    if reader < 0:
        return False
    try:
        return (await bot.get_chat_member(chat, reader)).status in _RUNS
    except BadRequest as error:
        _LOG.info("Whether %d is an administrator of %d could not be found out: %s", reader, chat, error.message)
        return False


async def _may_post(bot: Bot, chat: int) -> bool:
    member = await bot.get_chat_member(chat, bot.id)
    if isinstance(member, ChatMemberAdministrator):
        return member.can_post_messages is not False  # a group's administrators have no such right, and need none
    return isinstance(member, ChatMemberOwner) or member.status in _PRESENT
