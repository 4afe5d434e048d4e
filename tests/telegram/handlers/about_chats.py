"""What the bot may know of its chats: getChat, getChatMember, getChatAdministrators, and leaveChat."""

from collections.abc import Mapping

from tests.telegram.chat import FakeChat
from tests.telegram.errors import bad_request
from tests.telegram.handlers.kind import Handler, named_chat
from tests.telegram.params import Params
from tests.telegram.payload import Json, JsonObject
from tests.telegram.people import Person
from tests.telegram.standing import member_json, rights_in
from tests.telegram.world import World

# Required in every ChatFullInfo, and of no interest here.
_FULL_INFO: JsonObject = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}


async def get_chat(world: World, params: Params) -> Json:
    """Return what Telegram tells of a chat."""
    return named_chat(world, params).json | _FULL_INFO


async def get_chat_member(world: World, params: Params) -> Json:
    """Return a person's standing in a chat."""
    chat = named_chat(world, params)
    user_id = params.integer("user_id")
    if user_id == world.bot["id"]:
        return chat.bot_member()
    if user_id not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return _member_json(chat, world.people[user_id])


async def get_chat_administrators(world: World, params: Params) -> Json:
    """Return who runs a group."""
    chat = named_chat(world, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    administrators: list[Json] = [_member_json(chat, person) for person in chat.admins]
    if chat.bot_status == "administrator" and params.flag("return_bots"):
        administrators.append(chat.bot_member())
    return administrators


async def leave_chat(world: World, params: Params) -> Json:
    """Leave a group; every later call about it is refused."""
    chat = named_chat(world, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.change_standing("left", world.bot)
    return True


def _member_json(chat: FakeChat, person: Person) -> JsonObject:
    if person in chat.admins[:1]:
        return {"status": "creator", "user": person.json, "is_anonymous": False}
    if person in chat.admins:
        return member_json(person.json, "administrator", dict.fromkeys(rights_in(chat.type), True))
    return member_json(person.json, "member" if person.id in chat.members else "left", {})


HANDLERS: Mapping[str, Handler] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
}
