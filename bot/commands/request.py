"""The request: who asks, where, what, and when; the same from every channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

# A line longer than this is nobody's question. Telegram itself allows 4,096 characters.
LINE_LIMIT: Final = 5000


class ChatKind(StrEnum):
    """Where a conversation takes place."""

    PRIVATE = "private"
    GROUP = "group"
    TERMINAL = "terminal"
    INLINE = "inline"  # any chat, which the bot is not told: a reader sends there what the bot offers


@dataclass(frozen=True, slots=True)
class Reader:
    """The person who asks. The name is for this one reply and is never kept."""

    id: int
    name: str
    locale: str


@dataclass(frozen=True, slots=True)
class Chat:
    """Where to answer."""

    id: int
    kind: ChatKind


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; `data` is None where it is too big to be taken."""

    name: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a reader asks for.

    `command` is a command's name without the slash, "" for plain text, whose words are then `arguments`. `message` is
    the message that it came with, `pressed` the one whose button was pressed, `replied_to` the one that is replied to.
    `home` is where links to this bot begin ("https://t.me/name"), "" where there is no such place. `administers` is
    whether the reader is one of the group's administrators; it is found out for commands that only those may use. Such
    a command may be `about` another chat than it is said in, by that one's name; then `administers` is of that one.
    `named` is False for a command in a group that may be meant for another bot. An `attachment` is fetched only where
    `Router.takes_file` says so. What is `forwarded` are somebody else's words. Of one that is not `noted` nothing is
    kept: neither a count nor a question.
    """

    reader: Reader
    chat: Chat
    command: str
    arguments: str
    now: datetime
    pressed: int | None = None
    replied_to: int | None = None
    home: str = ""
    named: bool = True
    administers: bool = False
    message: int | None = None
    about: Chat | None = None
    about_name: str = ""
    attachment: Attachment | None = None
    forwarded: bool = False
    noted: bool = True


def parse_line(line: str) -> tuple[str, str]:
    """Return the command's name, lower-cased and "" for plain text, and the rest of the line.

    `/Agreed@ParleyBot now` is ("agreed", "now"); whose bot is meant is for the channel to know.
    """
    line = line[:LINE_LIMIT].replace("\0", "").strip()
    if not line.startswith("/") or line.startswith("//"):
        return "", line
    word, *rest = line[1:].split(maxsplit=1) or [""]
    return word.partition("@")[0].lower(), rest[0].strip() if rest else ""
