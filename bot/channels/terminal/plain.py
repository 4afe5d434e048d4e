"""A message as plain text: for pipes, for files, and for `parley ask`."""

from collections.abc import Iterable

from bot.channels.terminal.blocks import Block, Span, parse


def render_plain(html: str) -> str:
    """Return what a reader sees of Telegram HTML: nothing folded, links as "text (address)" where the two differ."""
    return plain(parse(html))


def plain(blocks: Iterable[Block]) -> str:
    """Return the blocks as plain text, an empty line between them."""
    return "\n\n".join("".join(map(_text, block.spans)) for block in blocks)


def _text(span: Span) -> str:
    return f"{span.text} ({span.address})" if span.address else span.text
