"""What the bot says about itself: its commands by scope and language, its name and its descriptions."""

import re
from collections.abc import Sequence

from tests.telegram.errors import malformed, stricter
from tests.telegram.payload import Json, JsonObject, as_object

COMMANDS_LIMIT = 100
DESCRIPTION_LIMIT = 256

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
# The fields that each scope needs besides its type.
_SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
ScopeKey = tuple[str, int | str | None, int | None, str]


class Profile:
    """Commands by (scope type, chat, user, language), and texts by (what, language)."""

    def __init__(self) -> None:
        self.commands: dict[ScopeKey, list[JsonObject]] = {}
        self.texts: dict[tuple[str, str], str] = {}

    def set_text(self, what: str, language: str, text: str) -> None:
        """Set the name or a description; an empty text removes the one of that language."""
        self.texts[what, checked_language(language)] = text
        if not text:
            del self.texts[what, language]

    def menu(self, scopes: Sequence[JsonObject], language: str) -> list[JsonObject]:
        """Return the commands of the first of these scopes that has any, in the language or else without one."""
        keys = (scope_key(scope, spoken) for scope in scopes for spoken in dict.fromkeys((language, "")))
        return next((self.commands[key] for key in keys if self.commands.get(key)), [])


def checked_language(language: str) -> str:
    """Return the language code, which is empty or of two letters. Raises ApiError for any other."""
    if not _LANGUAGE.fullmatch(language):
        raise malformed("invalid language code specified")
    return language


def scopes_for(chat_id: int, user_id: int, *, private: bool, administrator: bool) -> list[JsonObject]:
    """Return the scopes that a person's menu in a chat is looked for in, the narrowest first.

    https://core.telegram.org/bots/api#determining-list-of-commands
    """
    here: JsonObject = {"type": "chat", "chat_id": chat_id}
    default: JsonObject = {"type": "default"}
    if private:
        return [here, {"type": "all_private_chats"}, default]
    member: JsonObject = {"type": "chat_member", "chat_id": chat_id, "user_id": user_id}
    everywhere: JsonObject = {"type": "all_group_chats"}
    if not administrator:
        return [member, here, everywhere, default]
    administrators: JsonObject = {"type": "chat_administrators", "chat_id": chat_id}
    return [member, administrators, here, {"type": "all_chat_administrators"}, everywhere, default]


def scope_key(scope: JsonObject | None, language: str) -> ScopeKey:
    """Return the key that a scope's commands are kept under. Raises ApiError for a scope that is not one."""
    scope = {"type": "default"} if scope is None else scope
    kind = scope.get("type")
    if not isinstance(kind, str) or kind not in _SCOPES:
        raise malformed("can't parse BotCommandScope: Unsupported type specified")
    for name in _SCOPES[kind]:
        if name not in scope:
            raise malformed(f"can't parse BotCommandScope: Can't find field {name!r}")
    if unknown := set(scope) - {"type", *_SCOPES[kind]}:
        raise stricter(f"unknown field {min(unknown)} in BotCommandScope")
    chat_id, user_id = scope.get("chat_id"), scope.get("user_id")
    if not isinstance(chat_id, int | str | None) or not isinstance(user_id, int | None):
        raise malformed("can't parse BotCommandScope: wrong type of an identifier")
    return kind, chat_id, user_id, checked_language(language)


def checked_commands(commands: list[Json]) -> list[JsonObject]:
    """Return the list of BotCommand objects. Raises ApiError for one that Telegram would not take."""
    if len(commands) > COMMANDS_LIMIT:
        raise malformed("BOT_COMMANDS_TOO_MUCH")
    checked = [_checked_command(command) for command in commands]
    names = [command["command"] for command in checked]
    if len(set(names)) != len(names):
        raise stricter("a command is listed twice")
    return checked


def _checked_command(command: Json) -> JsonObject:
    if not isinstance(command, dict):
        raise malformed("can't parse BotCommand: expected an Object")
    if unknown := set(command) - {"command", "description", "is_ephemeral"}:
        raise stricter(f"unknown field {min(unknown)} in BotCommand")
    name, description = command.get("command"), command.get("description")
    # Telegram takes a leading slash, and drops it.
    if not isinstance(name, str) or not _COMMAND.fullmatch(name.removeprefix("/")):
        raise malformed("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description) <= DESCRIPTION_LIMIT:
        raise malformed("BOT_COMMAND_DESCRIPTION_INVALID")
    return as_object(command) | {"command": name.removeprefix("/")}
