"""The limits of a Telegram message, and splitting what is longer without ever cutting a tag.

Telegram counts 4,096 characters after it has parsed the entities, and takes about 100 entities.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
_FILLED: Final = TEXT_LIMIT - 200  # room for a line below that says what became of the message
ENTITY_LIMIT: Final = 90  # below Telegram's hundred, which links that it finds by itself count towards
BUTTON_BYTES: Final = 64
LABEL_LIMIT: Final = 60
_TOKEN: Final = re.compile(r"<(/?)([a-z-]+)([^>]*)>|(&(?:#\d+|#x[0-9a-fA-F]+|\w+);)|([^<&]|&)", re.DOTALL)
_NOTHING: Final = " \n\t\u00ad\u200b\u200c\u200d\u2060\ufeff"  # a message of nothing else counts as empty
_BREAKS: Final = ("\n\n", "\n", " ")


def visible(text: str) -> str:
    """Return what a reader sees of Telegram HTML: the tags gone, the entities read."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def clipped(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters, with an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def split(text: str) -> tuple[str, ...]:
    """Return `text` in messages that each keep Telegram's limits, cut between blocks, else lines, else words.

    Tags that are open at a cut are closed there and opened again behind it.
    """
    text = text.strip()
    if len(text) <= _FILLED and text.count("</") <= ENTITY_LIMIT:
        return (text,) if text else ()
    return tuple(part for part in _split(text) if visible(part).strip(_NOTHING))


def _split(text: str) -> Iterator[str]:
    tokens = list(_TOKEN.finditer(text))
    start = 0
    opened: list[tuple[str, str]] = []  # (name, the whole tag)
    while start < len(tokens):
        end = _fits(tokens, start, len(opened))
        cut = end if end == len(tokens) else _best_cut(tokens, start, end)
        prefix = "".join(tag for _, tag in opened)
        body = tokens[start:cut]
        for token in body:
            _track(opened, token)
        suffix = "".join(f"</{name}>" for name, _ in reversed(opened))
        yield (prefix + "".join(token[0] for token in body).strip("\n") + suffix).strip()
        start = cut


def _fits(tokens: list[re.Match[str]], start: int, entities: int) -> int:
    """Return how far from `start` the limits reach."""
    length = 0
    for place in range(start, len(tokens)):
        token = tokens[place]
        if token[2]:
            entities += not token[1]
        else:
            length += len(html.unescape(token[0]))
        if length > _FILLED or entities > ENTITY_LIMIT:
            return max(place, start + 1)
    return len(tokens)


def _best_cut(tokens: list[re.Match[str]], start: int, end: int) -> int:
    """Return the last good place to cut in the second half of what fits, else its end."""
    flat = "".join(token[0] if len(token[0]) == 1 else "\0" for token in tokens[start:end])
    for mark in _BREAKS:
        place = flat.rfind(mark)
        if place > len(flat) // 2:
            return start + place + len(mark)
    return end


def _track(opened: list[tuple[str, str]], token: re.Match[str]) -> None:
    if not token[2]:
        return
    if token[1]:
        if opened and opened[-1][0] == token[2]:
            opened.pop()
    else:
        opened.append((token[2], token[0]))
