"""People who use the bot."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.telegram.payload import JsonObject

if TYPE_CHECKING:
    from tests.telegram.chat import FakeChat
    from tests.telegram.world import World


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram user. They may write in `private_chat()`, and in the groups they are members of."""

    id: int
    first_name: str
    username: str | None
    language_code: str | None
    _world: "World" = field(repr=False, compare=False)

    def private_chat(self) -> "FakeChat":
        """Return this person's chat with the bot; always the same one."""
        return self._world.private_chat(self)

    def block(self) -> None:
        """Block the bot: it is told once, and every later call about the private chat is refused."""
        self.private_chat().change_standing("kicked", self.json)

    def unblock(self) -> None:
        """Let the bot write again. Telegram's apps send /start next; a test does that itself."""
        self.private_chat().change_standing("member", self.json)

    def ask_inline(self, query: str, offset: str = "") -> str:
        """Type `@bot query` into a message field: queue an inline_query and return its id."""
        return self._world.ask_inline(self, query, offset)

    def choose_inline(self, query_id: str, result_id: str) -> str:
        """Send one of the results that the bot gave to this person's query; return the new message's inline id.

        The bot learns that id only where the result has an inline keyboard, as on Telegram.
        """
        return self._world.choose_inline(self, query_id, result_id)

    def press_inline(self, inline_message_id: str, *, label: str | None = None, data: str | None = None) -> str:
        """Press a button of a message sent through inline mode; return the callback query's id."""
        return self._world.press_inline(self, inline_message_id, label, data)

    @property
    def json(self) -> JsonObject:
        """The User object that the Bot API gives."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user
