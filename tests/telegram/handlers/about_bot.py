"""What the bot is and says about itself: getMe, its commands, its name and descriptions."""

from collections.abc import Mapping

from tests.telegram.errors import bad_request
from tests.telegram.handlers.kind import Handler
from tests.telegram.params import Params
from tests.telegram.payload import Json
from tests.telegram.profile import ScopeKey, checked_commands, scope_key
from tests.telegram.world import World


async def get_me(world: World, _: Params) -> Json:
    """Return the bot as it sees itself."""
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
    }


async def set_my_commands(world: World, params: Params) -> Json:
    """Set the commands of one scope and language; an empty list deletes them."""
    commands = checked_commands(params.array("commands") or [])
    world.profile.commands[_key(world, params)] = commands
    return True


async def get_my_commands(world: World, params: Params) -> Json:
    """Return the commands of exactly this scope and language; no other stands in for it."""
    return world.profile.commands.get(_key(world, params), [])


async def delete_my_commands(world: World, params: Params) -> Json:
    """Forget the commands of one scope and language."""
    world.profile.commands.pop(_key(world, params), None)
    return True


async def set_my_name(world: World, params: Params) -> Json:
    """Set the bot's name."""
    world.profile.set_text("name", params.string("language_code"), params.string("name"))
    return True


async def set_my_description(world: World, params: Params) -> Json:
    """Set what an empty chat with the bot shows."""
    world.profile.set_text("description", params.string("language_code"), params.string("description"))
    return True


async def set_my_short_description(world: World, params: Params) -> Json:
    """Set what the bot's profile page shows."""
    language = params.string("language_code")
    world.profile.set_text("short_description", language, params.string("short_description"))
    return True


def _key(world: World, params: Params) -> ScopeKey:
    kind, chat_id, user_id, language = scope_key(params.object("scope"), params.string("language_code"))
    if chat_id is None:
        return kind, None, user_id, language
    # A scope may name only a chat that the bot is in, by its id or its @username.
    chat = world.chat(chat_id)
    if chat.is_private and kind != "chat":
        raise bad_request("can't use specified scope in private chats")
    if chat.type == "channel":
        raise bad_request("can't change commands in channel chats")
    return kind, chat.id, user_id, language


HANDLERS: Mapping[str, Handler] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
}
