"""The reply: what a command answers with, in a form that every channel can show."""

from dataclasses import dataclass, replace
from typing import Self

from bot.domain.revision import RevisionRef


@dataclass(frozen=True, slots=True)
class Button:
    """A button is the command line that it stands for, or a link that leads out."""

    label: str
    line: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send along."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message: text in Telegram's HTML subset, buttons, and the revisions that it tells.

    `line` is the command line that makes the same message again; the ledger keeps it, never the reader's own words.
    `asks` marks a message that is to be answered by replying to it. A `document` is sent with the text below it. One
    that is too long for Telegram is sent in parts, numbered from 0.
    """

    html: str
    buttons: Rows = ()
    tells: tuple[RevisionRef, ...] = ()
    line: str = ""
    asks: bool = False
    document: Document | None = None
    part: int = 0

    def with_document(self, document: Document) -> Self:
        """Return the same message with a file."""
        return replace(self, document=document)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command answers with.

    `turns` marks a page that takes the place of the message whose button was pressed; `notice` is a short word shown
    over the button instead of a message.
    """

    messages: tuple[Message, ...] = ()
    notice: str = ""
    turns: bool = False
