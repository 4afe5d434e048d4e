"""What the bot is in a chat: member, administrator, left, kicked; and what Telegram then says to its calls."""

import time
from typing import TYPE_CHECKING, Literal, TypeAlias

from tests.telegram.errors import ApiError, bad_request, forbidden
from tests.telegram.payload import JsonObject

if TYPE_CHECKING:
    from tests.telegram.room import Room

Status: TypeAlias = Literal["member", "administrator", "left", "kicked"]

# Every administrator has a yes or no to each of these.
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")


def rights_in(chat_type: str) -> tuple[str, ...]:
    """Return the names of the rights that an administrator of such a chat may have."""
    return RIGHTS + (CHANNEL_RIGHTS if chat_type == "channel" else GROUP_RIGHTS)


def member_json(user: JsonObject, status: Status, rights: dict[str, bool]) -> JsonObject:
    """Return the ChatMember object of a user of that status."""
    member: JsonObject = {"status": status, "user": user}
    if status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": False, **rights}
    elif status == "kicked":
        member["until_date"] = 0
    return member


def standing_update(chat: "Room", by: JsonObject, old: JsonObject, new: JsonObject) -> JsonObject:
    """Return the my_chat_member update that tells the bot of its new standing."""
    changed: JsonObject = {
        "chat": chat.json,
        "from": by,
        "date": int(time.time()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    return {"my_chat_member": changed}


def why_closed(chat: "Room") -> ApiError | None:
    """Return what every call about the chat is answered with, None where the bot may reach it."""
    if chat.migrated_to is not None:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        return ApiError(400, words, parameters={"migrate_to_chat_id": chat.migrated_to})
    if chat.deactivated:
        return forbidden("user is deactivated")
    if chat.is_private:
        return _why_private_closed(chat)
    if chat.bot_status == "kicked":
        return forbidden(f"bot was kicked from the {chat.type} chat")
    return None if chat.bot_present else forbidden(f"bot is not a member of the {chat.type} chat")


def _why_private_closed(chat: "Room") -> ApiError | None:
    if chat.bot_status == "kicked":
        return forbidden("bot was blocked by the user")
    return None if chat.started else forbidden("bot can't initiate conversation with a user")


def check_may_post(chat: "Room") -> None:
    """Raise ApiError unless the bot may write in the chat, which it can reach."""
    if chat.type == "channel" and not chat.bot_rights.get("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
