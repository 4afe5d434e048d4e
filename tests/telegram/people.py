"""People who use the bot."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.telegram.payload import JsonObject

if TYPE_CHECKING:
    from tests.telegram.chat import FakeChat


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram user. They may write in `private_chat()`, and in the groups they are members of."""

    id: int
    first_name: str
    username: str | None
    language_code: str | None
    _private_chat: Callable[["Person"], "FakeChat"] = field(repr=False, compare=False)
    _ask_inline: Callable[["Person", str, str], str] = field(repr=False, compare=False)

    def private_chat(self) -> "FakeChat":
        """Return this person's chat with the bot; always the same one."""
        return self._private_chat(self)

    def ask_inline(self, query: str, offset: str = "") -> str:
        """Type `@bot query` into a message field: queue an inline_query and return its id."""
        return self._ask_inline(self, query, offset)

    @property
    def json(self) -> JsonObject:
        """The User object that the Bot API gives."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user
