"""Inline Markdown of content -> Telegram's HTML: bold and italics; everything else is shown as it was typed."""

from collections.abc import Callable
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_PARSER: Final = MarkdownIt("zero").enable("emphasis")
_TAGS: Final = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>"}


def inline(text: str, mark: Callable[[str], str] = lambda text: text) -> Markup:
    """Return `text` as HTML; `mark` may rewrite each run of plain text before it is escaped."""
    shown = Markup("")
    for block in _PARSER.parseInline(" ".join(text.split())):
        for token in block.children or ():
            shown += _html(token, mark)
    return shown


def _html(token: Token, mark: Callable[[str], str]) -> Markup:
    if token.type in _TAGS:
        return Markup(_TAGS[token.type])  # noqa: S704 - one of four constants
    return escape(mark(token.content))
