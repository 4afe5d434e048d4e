"""Inline Markdown of content -> Telegram's HTML: bold and italics; everything else is shown as it was typed."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_PARSER: Final = MarkdownIt("zero").enable("emphasis")
_TAGS: Final = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>"}


def inline(text: str, mark: Callable[[str], str] = lambda text: text) -> Markup:
    """Return `text` as HTML; `mark` may rewrite each run of plain text before it is escaped."""
    return Markup("").join(_html(token, mark) for token in _tokens(text))


def paragraphs(text: str) -> tuple[Markup, ...]:
    """Return each paragraph of `text`, which empty lines set apart, as HTML with its line breaks kept."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return tuple(Markup("\n").join(map(inline, block.splitlines())) for block in blocks if block)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    """Return the text's inline tokens. Records never change, so each text is parsed once, not at every reply."""
    return tuple(token for block in _PARSER.parseInline(" ".join(text.split())) for token in block.children or ())


def _html(token: Token, mark: Callable[[str], str]) -> Markup:
    if token.type in _TAGS:
        return Markup(_TAGS[token.type])  # noqa: S704 - one of four constants
    return escape(mark(token.content))
