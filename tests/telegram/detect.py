"""The entities that Telegram finds by itself in what a person types: commands, mentions, hashtags, links."""

import re

from tests.telegram.markup import Entity, utf16_length

_PATTERNS = (
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?!\d+\b)\w{1,256}")),
)


def find_entities(text: str) -> list[Entity]:
    """Return what Telegram marks in a text without any markup, in order and never overlapping."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            begin, end = match.span()
            if all(end <= other_begin or begin >= other_end for other_begin, other_end, _ in found):
                found.append((begin, end, kind))
    return [
        Entity(kind, utf16_length(text[:begin]), utf16_length(text[begin:end])) for begin, end, kind in sorted(found)
    ]
